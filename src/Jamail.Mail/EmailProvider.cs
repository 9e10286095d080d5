namespace Jamail.Mail;

/// <summary>A mail server that e-mails are handed to, without its secrets.</summary>
public sealed record EmailProvider
{
    /// <summary>Its name, unique; <c>default</c> is the one of <see cref="MailOptions.Smtp"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The server's name or address; <see langword="null"/> where mails are sent by other means.</summary>
    public string? Host { get; init; }

    /// <summary>The server's port.</summary>
    public int Port { get; init; }

    /// <summary>How the connection is encrypted.</summary>
    public SmtpSecurity Security { get; init; }

    /// <summary>How to sign in.</summary>
    public SmtpMechanism Mechanism { get; init; }

    /// <summary>The name we say in EHLO; <see langword="null"/>: this machine's.</summary>
    public string? EhloName { get; init; }

    /// <summary>Who signs in; <see langword="null"/> for nobody.</summary>
    public string? User { get; init; }

    /// <summary>Whether a password is stored.</summary>
    public bool HasPassword { get; init; }

    /// <summary>How many connections each host opens at most.</summary>
    public int MaxConnections { get; init; }

    /// <summary>How many messages go over one connection at most.</summary>
    public int MaxMessagesPerConnection { get; init; }

    /// <summary>How many e-mails all hosts together hand to it at the same time; <see langword="null"/>: no limit.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>How many e-mails per second all hosts together hand to it; <see langword="null"/>: no limit.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>How many e-mails per second all hosts together hand to it for one recipient domain; <see langword="null"/>: no limit.</summary>
    public double? RatePerDomain { get; init; }

    /// <summary>How many e-mails all hosts together hand to it on one day (UTC); <see langword="null"/>: no limit.</summary>
    public int? DailyQuota { get; init; }

    /// <summary>Whether it drops a second copy with the same Message-ID or <c>Resend-Idempotency-Key</c>.</summary>
    public bool SwallowsRepeats { get; init; }

    /// <summary>Whether somebody paused it.</summary>
    public bool IsPaused { get; init; }

    /// <summary>How this host sees it now: <c>closed</c> (it serves), <c>open</c> (it failed and is left alone) or <c>half-open</c> (it is tried).</summary>
    public required string Circuit { get; init; }

    /// <summary>Why it is paused or left alone; <see langword="null"/> when it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it comes from the host's settings and can be changed only there.</summary>
    public bool IsConfigured { get; init; }
}
