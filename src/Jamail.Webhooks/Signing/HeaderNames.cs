namespace Jamail.Webhooks;

/// <summary>Which headers are whose.</summary>
internal static class HeaderNames
{
    public const string Id = "webhook-id";
    public const string Timestamp = "webhook-timestamp";
    public const string Signature = "webhook-signature";
    public const string UserAgent = "user-agent";
    public const string HubSignature = "X-Hub-Signature-256";
    public const string GitHubEvent = "X-GitHub-Event";
    public const string GitHubDelivery = "X-GitHub-Delivery";

    private static readonly string[] Taken =
        ["host", "connection", "transfer-encoding", "te", "trailer", "upgrade", "expect", UserAgent, HubSignature, GitHubEvent, GitHubDelivery];

    private static readonly string[] Sensitive = ["auth", "cookie", "token", "secret", "key", "password"];

    /// <summary>Whether the request itself, or its signature, needs the header.</summary>
    public static bool IsTaken(string name) =>
        Taken.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the value is shown to nobody: it proves who the sender is, or may.</summary>
    public static bool IsSensitive(string name) =>
        Array.Exists(Sensitive, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    public static bool IsToken(string? text) =>
        text is { Length: > 0 and <= 200 } && text.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character));
}
