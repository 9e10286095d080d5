using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>Where to send which events.</summary>
internal sealed record WebhookRequest
{
    [Required]
    [Description("Where requests go: an https address (http only where the host allows it).")]
    public string? Url { get; init; }

    [Description("Which events: exact types, 'order.*' for all under a part, '*' for all. Default: all.")]
    public IReadOnlyList<string>? Events { get; init; }

    [Description("The signing secret: 'whsec_' and base64 of 24 to 64 bytes, or a text of at least 16 bytes. Left out: a new one is made.")]
    public string? Secret { get; init; }

    [Description("What the endpoint is for, at most 500 characters.")]
    public string? Description { get; init; }

    [Description("Your own name for it: 1 to 100 letters, digits, '_', '-' and '.'; set when it is created, usable wherever the id is.")]
    public string? Uid { get; init; }

    [Description("none, ping or echo: what it must show before it is created. Default: none. Counts only when it is created.")]
    public string? Verify { get; init; }

    [Description("How it is served; replaces all settings. Left out: as they are, or as the host has them.")]
    public WebhookSettingsRequest? Settings { get; init; }

    public override string ToString() => Url ?? "";
}
