using System.ComponentModel;

namespace Jamail.AspNetCore;

/// <summary>How an e-mail is sent once more.</summary>
[BodyRule(UsesPointers = true)]
internal sealed record ResendRequest
{
    [Description("Another recipient. Default: the same.")]
    public string? To { get; init; }

    [Description("The mail server to go by, by its name, and by no other. Default: as the category says.")]
    public string? Provider { get; init; }

    [Description("Send it although the recipient is on the suppression list.")]
    public bool Force { get; init; }
}
