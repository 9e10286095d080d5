using System.ComponentModel;

namespace Jamail.AspNetCore;

/// <summary>How to change a secret.</summary>
internal sealed record RotateRequest
{
    [Description("How long the old secrets go on signing: 0 to 604800 seconds. Default: 86400.")]
    public int GraceSeconds { get; init; } = 86_400;

    [Description("The new secret. Left out: a random one.")]
    public string? Secret { get; init; }

    [Description("hmac, which is the only kind there is.")]
    public string? Kind { get; init; }

    public override string ToString() => "***";
}
