using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>Headers that requests to an endpoint carry.</summary>
internal sealed record WebhookHeadersRequest
{
    [Required]
    [Description("Name to value. With PATCH, null removes a header and those not named stay.")]
    public IReadOnlyDictionary<string, string?>? Headers { get; init; }

    public override string ToString() => "***";
}
