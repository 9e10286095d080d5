using System.Security.Cryptography;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>An event that passed every check.</summary>
internal sealed record EventToPublish(string Id, string Type, byte[] Body, byte[] Sha256, PublishOptions Options)
{
    /// <summary>The endpoint that does not get it, because it is about that endpoint; null for none.</summary>
    public string? ExceptWebhookId { get; init; }

    /// <summary>Of the code that publishes it.</summary>
    public CurrentTrace Trace { get; } = CurrentTrace.Read();

    public static EventToPublish Of(string id, string type, byte[] body, PublishOptions options) =>
        new(id, type, body, SHA256.HashData(body), options);
}
