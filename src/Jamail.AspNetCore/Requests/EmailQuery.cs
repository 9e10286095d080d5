using System.ComponentModel;
using System.Globalization;
using Jamail.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Jamail.AspNetCore;

/// <summary>Which e-mails.</summary>
internal sealed record EmailQuery
{
    [FromQuery(Name = "status"), Description("Only those in this state, as in 'queued' or 'sent'.")]
    public string? Status { get; init; }

    [FromQuery(Name = "to"), Description("Only those to this address.")]
    public string? To { get; init; }

    [FromQuery(Name = "category"), Description("Only those of this kind.")]
    public string? Category { get; init; }

    [FromQuery(Name = "template"), Description("Only those made from the template with this id or key.")]
    public string? Template { get; init; }

    [FromQuery(Name = "tag"), Description("Only those with this tag.")]
    public string? Tag { get; init; }

    [FromQuery(Name = "batch"), Description("Only those of this batch.")]
    public string? Batch { get; init; }

    [FromQuery(Name = "provider"), Description("Only those last handed to this provider.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "from"), Description("Only those accepted at this time or later.")]
    public string? From { get; init; }

    [FromQuery(Name = "until"), Description("Only those accepted before this time.")]
    public string? Until { get; init; }

    public SendLogQuery ToQuery(PageQuery page, string tenant) => new()
    {
        Status = WireNames.Parse("status", Status, Enum.GetValues<EmailStatus>(), WireNames.Of),
        Recipient = Given(To),
        Category = Given(Category),
        Template = Given(Template),
        Tag = Given(Tag),
        BatchId = Given(Batch),
        Provider = Given(Provider),
        From = Time("from", From),
        Until = Time("until", Until),
        Cursor = page.Position,
        PageSize = page.Size,
        Tenant = tenant,
    };

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static DateTimeOffset? Time(string field, string? text) =>
        string.IsNullOrEmpty(text) ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw ProblemException.Invalid(field, $"'{text}' is no time.", "Give one as in 2026-11-25T22:00:00Z.");
}
