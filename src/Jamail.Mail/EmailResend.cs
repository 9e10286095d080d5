using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>How an e-mail is sent once more.</summary>
public sealed record EmailResend
{
    /// <summary>Another recipient; <see langword="null"/>: the same, with the same copies.</summary>
    public string? To { get; init; }

    /// <summary>The mail server to go by, by its name, and by no other; <see langword="null"/>: as its category says.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether it is sent although the recipient is on the suppression list. Stands in the events of the e-mail.</summary>
    public bool Force { get; init; }

    /// <summary>Whose e-mail it is.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;
}
