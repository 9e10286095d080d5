namespace Jamail.Webhooks;

/// <summary>What an attempt needs of an endpoint besides its row.</summary>
/// <param name="Version">The endpoint's when this was read.</param>
/// <param name="Terms">What it bears.</param>
/// <param name="Secrets">Those that sign now, the current one first.</param>
/// <param name="Headers">The owner's own.</param>
internal sealed record KnownEndpoint(
    int Version, GateTerms Terms, IReadOnlyList<WebhookSecret> Secrets, IReadOnlyDictionary<string, string> Headers);
