using System.ComponentModel;

namespace Jamail.AspNetCore;

/// <summary>What of a template is to be checked.</summary>
internal sealed record ValidateRequest
{
    [Description("A version, published or not. Default: the current one.")]
    public int? Version { get; init; }
}
