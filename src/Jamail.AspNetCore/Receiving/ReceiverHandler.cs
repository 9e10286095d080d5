using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>Reads a body as what a handler wants, and calls it.</summary>
/// <param name="handle">Reads and works; throws <see cref="JsonException"/> when the body is something else.</param>
internal sealed class ReceiverHandler(
    Func<ProvenWebhook, JsonSerializerOptions, IServiceProvider, CancellationToken, Task> handle)
{
    public static ReceiverHandler Of<TPayload>(Func<ReceivedWebhook<TPayload>, IServiceProvider, CancellationToken, Task> handle) =>
        new((webhook, json, services, cancellationToken) => handle(
            new ReceivedWebhook<TPayload>
            {
                Id = webhook.Id,
                Type = webhook.Type,
                Payload = JsonSerializer.Deserialize<TPayload>(webhook.Body.Span, json) ?? throw new JsonException("The body is null."),
                Body = webhook.Body,
                SignedAt = webhook.SignedAt,
            },
            services,
            cancellationToken));

    public Task HandleAsync(ProvenWebhook webhook, JsonSerializerOptions json, IServiceProvider services, CancellationToken cancellationToken) =>
        handle(webhook, json, services, cancellationToken);
}
