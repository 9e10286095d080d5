using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>An e-mail to be sent to one recipient: either by a template, or with its own subject and content.</summary>
public sealed record EmailMessage
{
    /// <summary>The recipient: one address, <c>anna@example.com</c>.</summary>
    public required string To { get; init; }

    /// <summary>The sender: an address, or <c>Name &lt;address&gt;</c>; <see langword="null"/>: <see cref="MailOptions.From"/>.</summary>
    public string? From { get; init; }

    /// <summary>Further recipients that everybody sees. With <see cref="Bcc"/> at most 50; the message goes to all or to none.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>Further recipients that nobody sees.</summary>
    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>Where answers go: one address; <see langword="null"/>: to the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The id or key of a template; <see langword="null"/> when subject and content are given here.</summary>
    public string? Template { get; init; }

    /// <summary>A version of the template; <see langword="null"/>: the current one.</summary>
    public int? TemplateVersion { get; init; }

    /// <summary>
    /// The language, such as <c>fr-CA</c>: the template's content in it, else in <c>fr</c>, else in the default language.
    /// <see langword="null"/>: the default language.
    /// </summary>
    public string? Locale { get; init; }

    /// <summary>What the template's placeholders stand for: a JSON object; <see langword="null"/> for none.</summary>
    public JsonElement? Variables { get; init; }

    /// <summary>The subject, one line; only without a template.</summary>
    public string? Subject { get; init; }

    /// <summary>The HTML content; only without a template.</summary>
    public string? Html { get; init; }

    /// <summary>The plain text; only without a template. <see langword="null"/>: made from the HTML.</summary>
    public string? Text { get; init; }

    /// <summary>The kind of mail, for filters and policies; <see langword="null"/>: the template's, else <c>default</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Headers of the sender's own, at most 20; those that Jamail writes itself are refused.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and inline images, at most 20; see <see cref="MailOptions.MaxAttachmentBytes"/>.</summary>
    public IReadOnlyList<EmailAttachment> Attachments { get; init; } = [];

    /// <summary>Words to find it by, at most 10, each of 1 to 64 letters, digits, '.', ':', '_' or '-'.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Facts of the sender's own that are stored and shown, at most 20; names up to 64, values up to 500 characters.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Not before this time, at most a year ahead; <see langword="null"/>: at once.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Not after this time: then it expires instead; <see langword="null"/>: as its category says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Order in the queue: 0 (before all others) to 2,097,151 (last); <see langword="null"/>: as its category says.</summary>
    public int? Priority { get; init; }

    /// <summary>The mail server to go by, by its name, and by no other; <see langword="null"/>: as its category says.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// 1 to 256 visible ASCII characters: what this e-mail is about, as in <c>password-4711</c>. Another one with the same key within
    /// <see cref="DedupeWindow"/> is not sent, whatever it holds; the call returns the id of the first. <see langword="null"/>: every one is sent.
    /// </summary>
    public string? DedupeKey { get; init; }

    /// <summary>How long <see cref="DedupeKey"/> keeps others out, from the first on: 1 second to 24 hours; <see langword="null"/>: 1 minute.</summary>
    public TimeSpan? DedupeWindow { get; init; }

    /// <summary>
    /// 1 to 256 visible ASCII characters. A second call with the same key within 24 hours sends nothing and returns the
    /// id of the first; <see langword="null"/>: every call sends.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>On whose behalf it is sent.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;
}
