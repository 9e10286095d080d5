using System.ComponentModel;
using System.Globalization;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Jamail.AspNetCore;

/// <summary>Which deliveries.</summary>
internal sealed record DeliveryFilter
{
    [FromQuery(Name = "status")]
    [Description("pending, sending, retrying, succeeded, exhausted, skipped, discarded or cancelled.")]
    public string? Status { get; init; }

    [FromQuery(Name = "code")]
    [Description("The first digit of the last status code: 1 to 5.")]
    public string? Code { get; init; }

    [FromQuery(Name = "event")]
    [Description("The type of the event.")]
    public string? Event { get; init; }

    [FromQuery(Name = "eventId")]
    [Description("The event.")]
    public string? EventId { get; init; }

    [FromQuery(Name = "since")]
    [Description("Not before this time, as in 2026-01-31T12:00:00Z.")]
    public string? Since { get; init; }

    [FromQuery(Name = "until")]
    [Description("Before this time.")]
    public string? Until { get; init; }

    public DeliveryQuery ToQuery(string? webhookId, PageQuery page) => new()
    {
        WebhookId = webhookId,
        Status = WireNames.Parse("status", Status, Enum.GetValues<DeliveryStatus>(), WireNames.Of),
        CodeClass = ParseCode(Code),
        EventType = string.IsNullOrEmpty(Event) ? null : Event,
        EventId = string.IsNullOrEmpty(EventId) ? null : EventId,
        Since = TimeQuery.Parse("since", Since),
        Until = TimeQuery.Parse("until", Until),
        Cursor = page.Position,
        PageSize = page.Size,
    };

    public static int? ParseCode(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code
        : throw ProblemException.Invalid("code", $"'{text}' is not the first digit of a status code.", "Give 1 to 5.");
}
