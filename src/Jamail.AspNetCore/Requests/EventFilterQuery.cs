using System.ComponentModel;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Jamail.AspNetCore;

/// <summary>Which events.</summary>
internal sealed record EventFilterQuery
{
    [FromQuery(Name = "type")]
    [Description("The type.")]
    public string? Type { get; init; }

    [FromQuery(Name = "tag")]
    [Description("A tag that they carry.")]
    public string? Tag { get; init; }

    [FromQuery(Name = "since")]
    [Description("Not before this time, as in 2026-01-31T12:00:00Z.")]
    public string? Since { get; init; }

    [FromQuery(Name = "until")]
    [Description("Before this time.")]
    public string? Until { get; init; }

    public WebhookEventQuery ToQuery(PageQuery page) => new()
    {
        Type = string.IsNullOrEmpty(Type) ? null : Type,
        Tag = string.IsNullOrEmpty(Tag) ? null : Tag,
        Since = TimeQuery.Parse("since", Since),
        Until = TimeQuery.Parse("until", Until),
        Cursor = page.Position,
        PageSize = page.Size,
    };
}
