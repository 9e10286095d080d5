namespace Jamail.Mail;

/// <summary>Reasons as they are stored and shown.</summary>
internal static class SuppressionReasons
{
    private static readonly string[] Names = ["hard_bounce", "soft_limit", "complaint", "unsubscribe", "manual", "list_import"];

    public static string WireName(this SuppressionReason reason) => Names[(int)reason];

    public static SuppressionReason Read(string name) => (SuppressionReason)Math.Max(0, Array.IndexOf(Names, name));

    public static bool TryRead(string name, out SuppressionReason reason)
    {
        reason = Read(name);
        return Array.IndexOf(Names, name) >= 0;
    }
}
