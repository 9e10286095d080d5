namespace Jamail.Webhooks;

/// <summary>An event that passed every check.</summary>
internal sealed record EventToPublish(string Id, string Type, byte[] Body, byte[] Sha256, PublishOptions Options);
