using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>Something that happened, to be told to webhooks.</summary>
internal sealed record EventRequest
{
    [Required]
    [Description("The type, as in 'order.paid'.")]
    public string? Type { get; init; }

    [Required]
    [Description("What webhooks are sent: any JSON value.")]
    public JsonElement? Payload { get; init; }
}
