using System.ComponentModel.DataAnnotations;

namespace Jamail.Mail;

/// <summary>Settings of the e-mail pipeline. Section <c>Jamail:Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The queue that mails wait in; producers and workers in other languages know it by this name.</summary>
    public const string QueueName = "email-sending";

    /// <summary>Where mails go.</summary>
    /// <value>Default: <see cref="MailMode.Live"/> when <see cref="SmtpOptions.Host"/> is set; else <see cref="MailMode.Sandbox"/> where the host embeds, and an error at start elsewhere.</value>
    public MailMode? Mode { get; set; }

    /// <summary>The sender of mails that name none: an address, or <c>Name &lt;address&gt;</c>.</summary>
    /// <value>Default: none; <c>jamail@sandbox.invalid</c> where the host embeds or nothing is really sent, an error at start elsewhere.</value>
    public string? From { get; set; }

    /// <summary>
    /// Whether Node workers may take jobs: then the job carries the whole mail. Otherwise the content stays in the
    /// database and the job has a name that Node workers do not know.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool NodeWorkers { get; set; } = true;

    /// <summary>How often a mail is tried in all when attempts fail for a temporary reason.</summary>
    /// <value>1 to 100. Default: 3.</value>
    [Range(1, 100)]
    public int Attempts { get; set; } = 3;

    /// <summary>The wait after the first failed attempt; it doubles with each further one.</summary>
    /// <value>Zero to 1 day, in whole milliseconds. Default: 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How large the files of one mail may be together.</summary>
    /// <value>0 to 20,971,520 bytes. Default: 10,485,760 (10 MiB). Mail servers often take no more than 10 to 25 MB, encoding included.</value>
    [Range(0, 20_971_520)]
    public int MaxAttachmentBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many mails this process sends at the same time.</summary>
    /// <value>1 to 1,000. Default: 20.</value>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 20;

    /// <summary>
    /// How many bulk mails, those with a priority above 0, wait in the queue at the same time. What is above that waits in the database, so that a
    /// broadcast neither fills Redis nor stands before anything else.
    /// </summary>
    /// <value>1 to 1,000,000. Default: 2,000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingBulk { get; set; } = 2_000;

    /// <summary>How long a worker's claim on a mail lasts without being renewed.</summary>
    /// <value>250 ms to 1 hour. Default: 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.250", "01:00:00")]
    public TimeSpan ClaimDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often rows are compared with the queue.</summary>
    /// <value>250 ms to 1 hour. Default: 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.250", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Networks that a mail server may be in although they are private, as in <c>10.0.0.0/8</c>.</summary>
    /// <value>CIDR blocks, single addresses, exact host names. Default: empty; a <see cref="SmtpOptions.Host"/> that names this machine itself (<c>localhost</c>, <c>127.0.0.1</c>, <c>::1</c>) is always allowed.</value>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Where <see cref="MailMode.RedirectAll"/> sends every e-mail.</summary>
    /// <value>One address. Default: none; required in that mode.</value>
    public string? RedirectTo { get; set; }

    /// <summary>Whom <see cref="MailMode.AllowList"/> lets e-mails through to.</summary>
    /// <value>Addresses and domains, as in <c>anna@example.com</c> and <c>example.org</c>. Default: empty; at least one is required in that mode.</value>
    public IList<string> AllowedRecipients { get; } = [];

    /// <summary>Where recipients reach this host: the links for unsubscribing begin with it. The host maps <c>MapJamailPublic()</c>.</summary>
    /// <value>An https address, as in <c>https://mail.example.com</c>. Default: none; then e-mails have no such link.</value>
    public string? PublicUrl { get; set; }

    /// <summary>
    /// A mailbox that may be written to for unsubscribing, beside the link: its mail is piped to <c>/inbound/dsn</c>, where the token in the
    /// subject unsubscribes.
    /// </summary>
    /// <value>One address. Default: none; then e-mails have only the link.</value>
    public string? UnsubscribeMailbox { get; set; }

    /// <summary>
    /// What the link for unsubscribing says at the end of e-mails whose category offers it and whose author has put it nowhere
    /// (<c>href="jamail:unsubscribe"</c>).
    /// </summary>
    /// <value>1 to 200 characters, as in <c>Unsubscribe</c>. Default: none; then no link is added.</value>
    [StringLength(200, MinimumLength = 1)]
    public string? UnsubscribeFooter { get; set; }

    /// <summary>A domain whose mail comes back to this host: bounces go to an address in it that names the e-mail and proves it (VERP).</summary>
    /// <value>A domain, as in <c>bounce.example.com</c>. Default: none; then bounces go to the sender.</value>
    public string? BounceDomain { get; set; }

    /// <summary>
    /// Whether an e-mail to a recipient on the suppression list is refused (409 over HTTP) and not stored. Otherwise it is accepted and
    /// kept in the log as <see cref="EmailStatus.Suppressed"/>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RefuseSuppressed { get; set; }

    /// <summary>How long an address that a server called unknown is not written to.</summary>
    /// <value>1 day to 10 years. Default: none; then until somebody takes it off the list.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan? HardBounceKept { get; set; }

    /// <summary>What replies of mail servers mean, before the rules in the box are asked: the first one that fits decides.</summary>
    /// <value>Default: empty.</value>
    public IList<ReplyRule> ReplyRules { get; } = [];

    /// <summary>
    /// The language that a tenant's e-mails are in where the one asked for is not there or none was asked for, by tenant; <c>*</c> for tenants that
    /// are not named. A template that does not have it is sent in its own default language.
    /// </summary>
    /// <value>Tenants with language tags, as in <c>fr-CA</c>. Default: empty.</value>
    public IDictionary<string, string> DefaultLocales { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The domains that a tenant's senders may be in, by tenant; <c>*</c> for tenants that are not named. A name such as <c>*.example.com</c> stands
    /// for what lies below it.
    /// </summary>
    /// <value>Tenants with lists of domains. Default: empty; then every domain may be. Once there is one list, a tenant that neither it nor <c>*</c> names may send from nowhere.</value>
    public IDictionary<string, IList<string>> FromDomains { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>Who may report bounces, complaints and deliveries, by name, and the secret each signs with.</summary>
    /// <value>Names with secrets of at least 16 characters; <c>dsn</c> for raw reports. Default: empty; then nobody.</value>
    public IDictionary<string, string> InboundSecrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mail server.</summary>
    /// <value>Section <c>Jamail:Mail:Smtp</c>.</value>
    public SmtpOptions Smtp { get; } = new();
}
