using System.Data.Common;
using System.Text.RegularExpressions;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Takes reports once each, finds their mail, and moves it forward, never back.</summary>
internal sealed partial class MailReports(
    Database database,
    Statements statements,
    MailRows rows,
    MailEvents events,
    AttemptWriter writer,
    SuppressionList suppressions,
    VerpAddresses verp,
    Unsubscriptions unsubscriptions,
    BulkFeed bulk,
    TimeProvider clock) : IMailReports
{
    private const string Dsn = "dsn";

    public async Task<EmailId?> TakeAsync(MailReport report, CancellationToken cancellationToken)
    {
        Check(report);
        var id = report.EmailId is null ? null : EmailId.TryParse(report.EmailId, out var known) ? known.Value : null;
        var row = await FindAsync(id, report.MessageId?.Trim('<', '>', ' '), cancellationToken).ConfigureAwait(false);
        return await TakeAsync(row, report, cancellationToken).ConfigureAwait(false) ? EmailId.Parse(row!.Id) : null; // Taken: there is one.
    }

    public async Task<IReadOnlyList<EmailId>> TakeRawAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (RawReport.Read(message.Span) is not { } raw)
        {
            if (RawReport.Subject(message.Span) is { } token && await unsubscriptions.UnsubscribeAsync(token, cancellationToken).ConfigureAwait(false) is not null)
            {
                return [];
            }

            throw new InvalidInputException(
                "body", "It is no delivery status notification (RFC 3464) and no complaint (RFC 5965), and its subject unsubscribes nobody.", "Send the whole message, headers first.");
        }

        // An address that looks like one of ours and is not was forged: then nothing of the message is believed.
        var own = raw.CameBackTo.FirstOrDefault(address => address.StartsWith("b-", StringComparison.OrdinalIgnoreCase));
        var id = own is null ? Guid.TryParse(raw.EnvelopeId, out var envelope) ? envelope.ToString("D") : null : verp.Read(own);
        var row = own is not null && id is null ? null : await FindAsync(id, raw.MessageId, cancellationToken).ConfigureAwait(false);
        var taken = new List<EmailId>();
        for (var i = 0; i < raw.Findings.Count; i++)
        {
            var report = new MailReport
            {
                Source = Dsn, EventId = $"{raw.Id}-{i}", Kind = raw.Findings[i].Kind, EnhancedCode = raw.Findings[i].Code, Detail = raw.Findings[i].Detail,
                Recipient = raw.Findings[i].Recipient,
            };
            if (await TakeAsync(row, report, cancellationToken).ConfigureAwait(false))
            {
                taken.Add(EmailId.Parse(row!.Id)); // Taken: there is one.
            }
        }

        return taken;
    }

    private async Task<bool> TakeAsync(MailRow? row, MailReport report, CancellationToken cancellationToken)
    {
        var isTaken = await database.WriteAsync(
            async (own, token) =>
            {
                var seen = new
                {
                    source = report.Source, eventId = report.EventId, kind = report.Kind.ToString().ToLowerInvariant(), logId = row?.Id, detail = report.Detail,
                    now = clock.UnixMs(),
                };
                if (await statements.ExecuteAsync(own, MailSql.InsertInbound, seen, token).ConfigureAwait(false) == 0 || row is null)
                {
                    return false;
                }

                await ApplyAsync(own, row, report, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (isTaken && row is { State: EmailStatus.Uncertain, PartLeft: not null })
        {
            bulk.Announce();
        }

        return isTaken;
    }

    private async Task ApplyAsync(DbTransaction own, MailRow row, MailReport report, CancellationToken cancellationToken)
    {
        if (EmailAddressParser.TryParse(report.Recipient ?? "", out var about, out _) && suppressions.IsCopy(row, about.Address))
        {
            await ApplyToCopyAsync(own, row, about.Address, report, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (report.Kind == MailReportKind.Delayed)
        {
            await events.NoteAsync(own, row, "email.delayed", report.Source, report.Detail, cancellationToken).ConfigureAwait(false);
            return;
        }

        var status = report.Kind switch
        {
            MailReportKind.Delivered => EmailStatus.Delivered,
            MailReportKind.Bounced => EmailStatus.Bounced,
            _ => EmailStatus.Complained,
        };
        var parameters = new { id = row.Id, status = (int)status, reason = report.Detail, code = report.EnhancedCode, now = clock.UnixMs() };
        if (!await EndsPartAsync(own, row, row.ToAddr, report, cancellationToken).ConfigureAwait(false)
            && await statements.ExecuteAsync(own, MailSql.ReportMail, parameters, cancellationToken).ConfigureAwait(false) > 0)
        {
            await statements.EndJobAsync(own, row.Id, cancellationToken).ConfigureAwait(false);
            await events.WriteAsync(own, row, status, report.Detail, report.EnhancedCode, null, report.Source, cancellationToken).ConfigureAwait(false);
        }

        if (status == EmailStatus.Complained)
        {
            await suppressions.AddAsync(own, row, SuppressionReason.Complaint, report.Source, report.Detail, cancellationToken).ConfigureAwait(false);
        }
        else if (status == EmailStatus.Bounced && report.EnhancedCode is { } code && NoMailbox().IsMatch(code))
        {
            await suppressions.AddAsync(own, row, SuppressionReason.HardBounce, report.Source, report.Detail, cancellationToken).ConfigureAwait(false);
        }
        else if (status == EmailStatus.Bounced && IsFullMailbox(report.EnhancedCode))
        {
            await suppressions.CountSoftBounceAsync(own, row, report.Source, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What befell a copy is kept, and moves the mail only where it was in doubt: then it is known to have been accepted.</summary>
    private async Task ApplyToCopyAsync(DbTransaction own, MailRow row, string address, MailReport report, CancellationToken cancellationToken)
    {
        await events.NoteAsync(
            own, row, $"email.copy_{report.Kind.ToString().ToLowerInvariant()}", report.Source, $"{address}: {report.Detail}", cancellationToken).ConfigureAwait(false);
        SuppressionReason? reason = report.Kind switch
        {
            MailReportKind.Complained => SuppressionReason.Complaint,
            MailReportKind.Bounced when report.EnhancedCode is { } code && NoMailbox().IsMatch(code) => SuppressionReason.HardBounce,
            _ => null,
        };
        if (reason is { } kept)
        {
            await suppressions.AddCopyAsync(own, row, address, kept, report.Source, report.Detail, cancellationToken).ConfigureAwait(false);
        }

        if (row.State != EmailStatus.Uncertain || await EndsPartAsync(own, row, address, report, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var parameters = new { id = row.Id, status = (int)EmailStatus.Sent, reason = (string?)null, code = (string?)null, now = clock.UnixMs() };
        if (await statements.ExecuteAsync(own, MailSql.ReportMail, parameters, cancellationToken).ConfigureAwait(false) > 0)
        {
            await statements.EndJobAsync(own, row.Id, cancellationToken).ConfigureAwait(false);
            await events.WriteAsync(own, row, EmailStatus.Sent, null, null, null, report.Source, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A doubt about a part ends by a report about one of its own recipients, and the mail goes on with those it left out.
    /// </summary>
    /// <returns>Whether the report says nothing of the mail as a whole.</returns>
    private async Task<bool> EndsPartAsync(DbTransaction own, MailRow row, string address, MailReport report, CancellationToken cancellationToken)
    {
        if (row.State != EmailStatus.Uncertain || (row.RecipientsLeft is null && row.PartLeft is null))
        {
            return false;
        }

        var isOfPart = !Has(row.PartLeft) && (row.RecipientsLeft is null || Has(row.RecipientsLeft));
        if (!isOfPart || row.PartLeft is null)
        {
            return !isOfPart;
        }

        var reason = $"A report of {report.Source} says that it went to a part of its recipients; it goes on with the others.";
        if (await writer.GoOnAsync(own, row, row.PartLeft, reason, cancellationToken).ConfigureAwait(false))
        {
            await events.NoteAsync(own, row, "email.sent_in_part", report.Source, report.Detail, cancellationToken).ConfigureAwait(false);
        }

        return true;

        bool Has(string? list) => StoredJson.List(list).Contains(address, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsFullMailbox(string? code) => code is [_, '.', '2', '.', '2'];

    private async Task<MailRow?> FindAsync(string? id, string? messageId, CancellationToken cancellationToken)
    {
        if (id is not null && await rows.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        var found = messageId is null ? null : await database.ReadAsync(
            (connection, token) => statements.FirstAsync<string>(connection, MailSql.FindMailByMessage, new { messageId }, token),
            cancellationToken).ConfigureAwait(false);
        return found is null ? null : await rows.FindAsync(found, cancellationToken).ConfigureAwait(false);
    }

    private static void Check(MailReport report)
    {
        var problems = new[]
        {
            MailInput.Name("source", report.Source, 100),
            MailInput.Name("id", report.EventId, 200),
            report.Recipient is { Length: > 320 } ? new InputProblem("recipient", $"It has {report.Recipient.Length} characters; at most 320 are allowed.", "Give one plain address.") : null,
            report.Detail is { Length: > 1000 } ? new InputProblem("detail", $"It has {report.Detail.Length} characters; at most 1,000 are allowed.", "Shorten it.") : null,
            report.EmailId is null && report.MessageId is null ? new InputProblem("emailId", "Neither emailId nor messageId is given.", "Give one of them.") : null,
        }.OfType<InputProblem>().ToList();
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }
    }

    [GeneratedRegex(@"^5\.(1\.(1|2|3|6|10)|2\.1|7\.(13|17))\z")]
    private static partial Regex NoMailbox();
}
