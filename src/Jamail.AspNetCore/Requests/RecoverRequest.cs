using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>What to send again.</summary>
internal sealed record RecoverRequest
{
    private static readonly DeliveryStatus[] Recoverable = [DeliveryStatus.Exhausted, DeliveryStatus.Skipped, DeliveryStatus.Cancelled];

    [Required]
    [Description("From when, as in 2026-01-31T12:00:00Z.")]
    public string? Since { get; init; }

    [Description("Until when. Left out: until now.")]
    public string? Until { get; init; }

    [Description("Which event types, with wildcards. Left out: all.")]
    public IReadOnlyList<string>? EventTypes { get; init; }

    [Description("Of exhausted (or failed), skipped and cancelled. Left out: the first two.")]
    public IReadOnlyList<string>? Statuses { get; init; }

    [Description("How many per second at most, 1 to 10,000. Left out: as fast as it goes.")]
    public int? MaxPerSecond { get; init; }

    [Description("Whether only to count.")]
    public bool DryRun { get; init; }

    public WebhookRecoveryRequest ToRequest()
    {
        var fields = new RequiredFields();
        var since = fields.Text("since", Since);
        fields.ThrowIfMissing();
        return new WebhookRecoveryRequest
        {
            Since = TimeQuery.Parse("since", since) ?? throw ProblemException.Invalid("since", "It is empty.", "Write it as 2026-01-31T12:00:00Z."),
            Until = TimeQuery.Parse("until", Until),
            EventTypes = EventTypes,
            Statuses = Statuses is null ? null : [.. Statuses.Select(Parse).Distinct()],
            MaxPerSecond = MaxPerSecond,
            DryRun = DryRun,
        };
    }

    private static DeliveryStatus Parse(string status) =>
        WireNames.Parse("statuses", status == "failed" ? "exhausted" : status, Recoverable, WireNames.Of)
        ?? throw ProblemException.Invalid("statuses", "One is empty.", "Give exhausted, skipped or cancelled.");
}
