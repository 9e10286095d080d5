using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Something that happened, to be told to webhooks.</summary>
internal sealed record EventRequest
{
    private const string IdempotencyHeader = "Idempotency-Key";

    [Required]
    [Description("The type, as in 'order.paid'.")]
    public string? Type { get; init; }

    [Required]
    [Description("What webhooks are sent: any JSON value.")]
    public JsonElement? Payload { get; init; }

    [Description("Your own id of the event: publishing it again publishes nothing.")]
    public string? EventId { get; init; }

    [Description("Where it happened: webhooks that name channels get only events of these.")]
    public IReadOnlyList<string>? Channels { get; init; }

    [Description("Words to find it by.")]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("What it is about: webhooks ordered by key get events of one key one after the other.")]
    public string? OrderingKey { get; init; }

    [Description("When it happened. Left out: now.")]
    public string? OccurredAt { get; init; }

    [Description("For how many days the payload is kept, 1 to 3650. Left out: as the host has it.")]
    public int? RetentionDays { get; init; }

    public PublishOptions ToOptions(Caller caller, HttpRequest request) => new()
    {
        Tenant = caller.Tenant,
        EventId = EventId,
        IdempotencyKey = request.Headers.TryGetValue(IdempotencyHeader, out var key) ? key.ToString() : null,
        Channels = Channels,
        Tags = Tags,
        OrderingKey = OrderingKey,
        OccurredAt = TimeQuery.Parse("occurredAt", OccurredAt),
        KeepPayload = RetentionDays switch
        {
            null => null,
            >= 1 and <= 3650 => TimeSpan.FromDays(RetentionDays.Value),
            _ => throw ProblemException.Invalid("retentionDays", $"It is {RetentionDays} and must be 1 to 3650.", "Leave it out for the host's."),
        },
    };
}
