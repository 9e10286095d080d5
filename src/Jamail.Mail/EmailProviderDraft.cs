namespace Jamail.Mail;

/// <summary>What a mail server is to be. Time-outs are those of <see cref="MailOptions.Smtp"/>.</summary>
public sealed record EmailProviderDraft
{
    /// <summary>1 to 100 letters, digits, '.', '_' or '-'; not <c>default</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The server's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port, 1 to 65535.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is encrypted.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.ByPort;

    /// <summary>How to sign in.</summary>
    public SmtpMechanism Mechanism { get; init; } = SmtpMechanism.Auto;

    /// <summary>Who signs in; <see langword="null"/> for nobody.</summary>
    public string? User { get; init; }

    /// <summary>The password, or the access token for XOAUTH2; stored encrypted and never shown. <see langword="null"/>: the one that is stored stays.</summary>
    public string? Password { get; init; }

    /// <summary>The name we say in EHLO; <see langword="null"/>: that of <see cref="MailOptions.Smtp"/>.</summary>
    public string? EhloName { get; init; }

    /// <summary>How many connections each host opens at most, 1 to 100.</summary>
    public int MaxConnections { get; init; } = 5;

    /// <summary>How many messages go over one connection at most, 1 to 10,000.</summary>
    public int MaxMessagesPerConnection { get; init; } = 100;

    /// <summary>How many e-mails all hosts together hand to it at the same time, 1 to 10,000; <see langword="null"/>: no limit.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>How many e-mails per second all hosts together hand to it, 0.01 to 100,000; <see langword="null"/>: no limit.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>How many e-mails per second all hosts together hand to it for one recipient domain, 0.01 to 100,000; <see langword="null"/>: no limit.</summary>
    public double? RatePerDomain { get; init; }

    /// <summary>How many e-mails all hosts together hand to it on one day (UTC), 1 to 1,000,000,000; <see langword="null"/>: no limit.</summary>
    public int? DailyQuota { get; init; }

    /// <summary>Whether it drops a second copy with the same Message-ID, or the same <c>Resend-Idempotency-Key</c>, which it is given: then a doubt is always ended by sending again.</summary>
    public bool SwallowsRepeats { get; init; }

    /// <summary>Does not show the password.</summary>
    /// <returns>The name and the server.</returns>
    public override string ToString() => $"{Name} ({Host}:{Port})";
}
