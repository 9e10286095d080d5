using System.ComponentModel;

namespace Jamail.AspNetCore;

/// <summary>Why a mail server is paused.</summary>
internal sealed record PauseRequest
{
    [Description("For people. Default: 'paused by hand'.")]
    public string? Reason { get; init; }
}
