namespace Jamail.AspNetCore;

/// <summary>Static headers. What may prove who somebody is can be written and not read.</summary>
internal sealed record WebhookHeadersView(IReadOnlyDictionary<string, string> Headers);
