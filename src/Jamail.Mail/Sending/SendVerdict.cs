namespace Jamail.Mail;

/// <param name="Kind">What becomes of the mail.</param>
/// <param name="Class">The class of the rule, stored with the attempt: <c>grey-list</c>, <c>hard-bounce</c>, <c>connection-lost</c>, …</param>
/// <param name="Reason">For people: phase, reply code and text; no secrets.</param>
internal sealed record SendVerdict(SendVerdictKind Kind, string Class, string Reason)
{
    /// <summary>Addresses that an accepted mail has yet to go to; null for none.</summary>
    public IReadOnlyList<string>? Left { get; init; }
}
