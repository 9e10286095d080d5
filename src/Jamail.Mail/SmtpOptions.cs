using System.ComponentModel.DataAnnotations;

namespace Jamail.Mail;

/// <summary>The mail server. Section <c>Jamail:Mail:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>The server's name or address.</summary>
    /// <value>Default: none; then the dev inbox takes the mails in Development, elsewhere the host does not start.</value>
    public string? Host { get; set; }

    /// <summary>The server's port.</summary>
    /// <value>1 to 65535. Default: 587.</value>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is encrypted.</summary>
    /// <value>Default: <see cref="SmtpSecurity.ByPort"/>.</value>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.ByPort;

    /// <summary>Who signs in.</summary>
    /// <value>Default: none; then nobody signs in.</value>
    public string? User { get; set; }

    /// <summary>The password, or the access token for XOAUTH2.</summary>
    /// <value>Default: none. Required with <see cref="User"/>.</value>
    public string? Password { get; set; }

    /// <summary>The name we say in EHLO.</summary>
    /// <value>A host name or an address literal. Default: this machine's name, or its address literal where that is no host name.</value>
    public string? EhloName { get; set; }

    /// <summary>How many connections this process opens at most.</summary>
    /// <value>1 to 100. Default: 5.</value>
    [Range(1, 100)]
    public int MaxConnections { get; set; } = 5;

    /// <summary>How many messages go over one connection at most.</summary>
    /// <value>1 to 10,000. Default: 100.</value>
    [Range(1, 10_000)]
    public int MaxMessagesPerConnection { get; set; } = 100;

    /// <summary>How long connecting, TLS included, may take.</summary>
    /// <value>100 ms to 10 minutes. Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take to answer a command.</summary>
    /// <value>100 ms to 1 hour. Default: 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server may take to accept a message after its final dot. Giving up early makes mails uncertain.</summary>
    /// <value>100 ms to 1 hour. Default: 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan FinalReplyTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a mail waits for a free connection before it is put off.</summary>
    /// <value>10 ms to 10 minutes. Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection is kept open without a message.</summary>
    /// <value>1 second to 1 hour. Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ConnectionIdle { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After which time without a message a connection is asked (NOOP) whether it still works before it gets one.</summary>
    /// <value>Zero to 1 hour. Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ProbeAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection is used in all.</summary>
    /// <value>1 second to 1 day. Default: 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ConnectionLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How to sign in.</summary>
    /// <value>Default: <see cref="SmtpMechanism.Auto"/>.</value>
    public SmtpMechanism Mechanism { get; set; } = SmtpMechanism.Auto;

    /// <summary>Whether the password may be sent unencrypted to a server that is not on this machine.</summary>
    /// <value>Default: <see langword="false"/>. Matters only with <see cref="SmtpSecurity.None"/>.</value>
    public bool AllowPlainTextSignIn { get; set; }

    /// <summary>A PEM file with the authorities that the server's certificate must lead to.</summary>
    /// <value>A path. Default: none; then the machine's own authorities are trusted.</value>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Whether to ask the authority if the server's certificate was revoked. Can take minutes on a closed network.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool CheckRevocation { get; set; }

    /// <summary>How many e-mails all hosts together hand to the server at the same time.</summary>
    /// <value>1 to 10,000. Default: none, no limit.</value>
    [Range(1, 10_000)]
    public int? MaxConcurrent { get; set; }

    /// <summary>How many e-mails per second all hosts together hand to the server. What it bears less than that is learnt from its replies.</summary>
    /// <value>0.01 to 100,000. Default: none, no limit.</value>
    [Range(0.01, 100_000)]
    public double? RatePerSecond { get; set; }

    /// <summary>
    /// How many e-mails per second all hosts together hand to the server for one recipient domain. Those of one mailbox provider are one
    /// domain: gmail, microsoft (outlook, hotmail, live), yahoo (with aol), apple (icloud, me).
    /// </summary>
    /// <value>0.01 to 100,000. Default: none, no limit.</value>
    [Range(0.01, 100_000)]
    public double? RatePerDomain { get; set; }

    /// <summary>How many e-mails all hosts together hand to the server on one day (UTC). The others go by the next server of their route, or wait.</summary>
    /// <value>1 to 1,000,000,000. Default: none, no limit.</value>
    [Range(1, 1_000_000_000)]
    public int? DailyQuota { get; set; }

    /// <summary>Whether the server drops a second copy with the same Message-ID, or the same <c>Resend-Idempotency-Key</c>, which it is given: then a doubt is always ended by sending again.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool SwallowsRepeats { get; set; }

    /// <summary>Settings of another server with the same time-outs.</summary>
    internal SmtpOptions Copy() => (SmtpOptions)MemberwiseClone();

    /// <summary>What <see cref="Security"/> and <see cref="Port"/> mean together.</summary>
    internal SmtpSecurity EffectiveSecurity => Security != SmtpSecurity.ByPort ? Security
        : Port == 465 ? SmtpSecurity.Tls
        : SmtpSecurity.StartTls;
}
