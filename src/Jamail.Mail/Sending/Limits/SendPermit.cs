namespace Jamail.Mail;

/// <param name="IsGranted">Whether a mail may be handed to the server now.</param>
/// <param name="Wait">When to come again otherwise.</param>
/// <param name="IsUsedUp">Whether the server takes none any more until then, so that another one may serve.</param>
internal readonly record struct SendPermit(bool IsGranted, TimeSpan Wait, bool IsUsedUp = false)
{
    public static SendPermit Granted { get; } = new(true, TimeSpan.Zero);
}
