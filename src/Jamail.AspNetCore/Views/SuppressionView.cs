using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record SuppressionView(
    string? Address, string Scope, string Reason, string Source, string? Note, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    private static readonly string[] Names = ["hard_bounce", "soft_limit", "complaint", "unsubscribe", "manual", "list_import"];

    public static string Reasons => string.Join(", ", Names);

    public static SuppressionView Of(Suppression entry) => new(
        entry.Address, entry.Scope, Names[(int)entry.Reason], entry.Source, entry.Note, entry.CreatedAt, entry.ExpiresAt);

    public static bool TryRead(string name, out SuppressionReason reason)
    {
        var index = Array.IndexOf(Names, name);
        reason = (SuppressionReason)Math.Max(0, index);
        return index >= 0;
    }
}

internal sealed record SuppressionCheckView(string Address, bool IsSuppressed, SuppressionView? Entry);

internal sealed record CountView(int Count);
