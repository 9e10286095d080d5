using System.ComponentModel;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Jamail.AspNetCore;

/// <summary>Which attempts of a webhook.</summary>
internal sealed record AttemptFilter
{
    [FromQuery(Name = "origin")]
    [Description("Why they were made: schedule, manual, recovery or test.")]
    public string? Origin { get; init; }

    [FromQuery(Name = "code")]
    [Description("The first digit of the status code: 1 to 5.")]
    public string? Code { get; init; }

    [FromQuery(Name = "since")]
    [Description("Not before this time, as in 2026-01-31T12:00:00Z.")]
    public string? Since { get; init; }

    [FromQuery(Name = "until")]
    [Description("Before this time.")]
    public string? Until { get; init; }

    public AttemptQuery ToQuery(string webhookId, PageQuery page) => new()
    {
        WebhookId = webhookId,
        Origin = string.IsNullOrEmpty(Origin) ? null : Origin,
        CodeClass = DeliveryFilter.ParseCode(Code),
        Since = TimeQuery.Parse("since", Since),
        Until = TimeQuery.Parse("until", Until),
        Cursor = page.Position,
        PageSize = page.Size,
    };
}
