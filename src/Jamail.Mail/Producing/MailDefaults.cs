namespace Jamail.Mail;

internal static class MailDefaults
{
    public const string Category = "default";

    /// <summary>The sender of a sandbox that was told none.</summary>
    public const string SandboxFrom = "jamail@sandbox.invalid";
}
