namespace Jamail.Mail;

/// <param name="IsGranted">Whether a mail may be handed to the server now.</param>
/// <param name="Wait">When to come again otherwise.</param>
internal readonly record struct SendPermit(bool IsGranted, TimeSpan Wait)
{
    public static SendPermit Granted { get; } = new(true, TimeSpan.Zero);
}
