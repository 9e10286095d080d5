namespace Jamail.Mail;

/// <summary>Parts of an attempt, as metrics and spans name them.</summary>
internal static class SendStep
{
    public const string Connect = "connect";
    public const string Claim = "claim";
    public const string Envelope = "envelope";
    public const string Content = "content";
    public const string Reply = "reply";
    public const string Store = "store";
}
