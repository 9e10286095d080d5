namespace Jamail.Mail;

/// <summary>Which headers a sender may add.</summary>
internal static class EmailHeaderRules
{
    private static readonly string[] Reserved =
    [
        "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Subject", "Date", "Message-ID", "Return-Path", "Received", "MIME-Version",
        "X-Sender", "X-Receiver",
    ];

    private static readonly string[] ReservedPrefixes = ["DKIM-", "ARC-", "Content-", "List-Unsubscribe", "Resent-"];

    /// <summary>What is wrong with a header and what to do; null when nothing is.</summary>
    public static string? FindProblem(string name, string value)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return "A header name must have 1 to 64 letters, digits or '-'.";
        }

        if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) ||
            ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return $"Header '{name}' is written by Jamail itself; leave it out.";
        }

        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            return $"The value of header '{name}' holds a line break or a NUL; remove it.";
        }

        return value.Length > 900 ? $"The value of header '{name}' has {value.Length} characters; at most 900 are allowed." : null;
    }
}
