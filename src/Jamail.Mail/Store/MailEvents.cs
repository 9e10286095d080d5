using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Tells the sinks what became a fact, in the transaction that makes it one, and keeps what the mail's row does not show.</summary>
internal sealed class MailEvents(IEnumerable<IMailEventSink> sinks, Statements statements, TimeProvider clock)
{
    /// <summary>The source of events that come of sending.</summary>
    public const string Sending = "sending";

    // A mail that is put off again and again is told of once more, as mail servers tell their senders.
    private static readonly long LateAfter = (long)TimeSpan.FromHours(4).TotalMilliseconds;

    private readonly IMailEventSink[] _sinks = [.. sinks];

    /// <summary>
    /// Nobody is told, and nothing is kept beside the row, when a mail is stored or sent as usual.
    /// </summary>
    public bool AreQuiet => _sinks.Length == 0;

    /// <summary>Tells where an attempt left a mail; of steps that are nobody's business nobody is told.</summary>
    /// <param name="transaction">Makes it a fact.</param>
    /// <param name="row">The mail as it was before.</param>
    /// <param name="end">Where it is now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task WriteAsync(DbTransaction transaction, MailRow row, AttemptEnd end, CancellationToken cancellationToken)
    {
        if (end.Status is EmailStatus.Retrying or EmailStatus.Sending
            || (end.Status == EmailStatus.Deferred && !IsWorthTelling(row, end)))
        {
            return Task.CompletedTask;
        }

        var isSent = end.Status is EmailStatus.Sent or EmailStatus.Queued or EmailStatus.Scheduled;
        return WriteAsync(
            transaction, row, end.Status, isSent ? null : end.Reason, end.Class, NextAt(end), Sending, cancellationToken);
    }

    /// <summary>Tells of a mail's new state.</summary>
    /// <param name="transaction">Makes it a fact.</param>
    /// <param name="row">The mail.</param>
    /// <param name="status">Where it is now.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="class">Why, for programs: the class of a refusal.</param>
    /// <param name="nextAt">When it comes again by itself, Unix ms.</param>
    /// <param name="source">Who says so: <see cref="Sending"/>, a person, or a mail server's report.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task WriteAsync(
        DbTransaction transaction,
        MailRow row,
        EmailStatus status,
        string? reason,
        string? @class,
        long? nextAt,
        string source,
        CancellationToken cancellationToken)
    {
        var type = $"email.{status.WireName()}";
        var id = Ids.New(clock);
        if (status is not (EmailStatus.Queued or EmailStatus.Scheduled) && (status != EmailStatus.Sent || source != Sending))
        {
            var parameters = new { id, logId = row.Id, tenant = row.TenantId, type, now = clock.UnixMs(), source, detail = reason };
            await statements.ExecuteAsync(transaction, MailSql.InsertEvent, parameters, cancellationToken).ConfigureAwait(false);
        }

        await SendAsync(transaction, id, type, row.TenantId, json =>
        {
            json.WriteString("logId", row.CompatId ?? row.Id);
            json.WriteString("templateId", row.TemplateId);
            json.WriteString("recipient", row.ToAddr);
            json.WriteString("subject", row.Subject);
            json.WriteString("category", row.Category);
            json.WriteString("status", status.WireName());
            json.WriteString("messageId", row.MessageId);
            json.WriteString("error", reason);
            if (@class is not null && reason is not null)
            {
                json.WriteString("class", @class);
            }

            if (nextAt is { } at)
            {
                json.WriteString("nextAttemptAt", DateTimeOffset.FromUnixTimeMilliseconds(at));
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps something that is not to be read from the mail's row.</summary>
    public Task NoteAsync(
        DbTransaction transaction, MailRow row, string type, string source, string? detail, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            MailSql.InsertEvent,
            new { id = Ids.New(clock), logId = row.Id, tenant = row.TenantId, type, now = clock.UnixMs(), source, detail },
            cancellationToken);

    /// <summary>Tells that a mail server stopped serving.</summary>
    public Task WriteDegradedAsync(
        DbTransaction transaction, MailProvider provider, string reason, string? instead, CancellationToken cancellationToken) =>
        SendAsync(transaction, Ids.New(clock), "mail.provider.degraded", provider.Tenant, json =>
        {
            json.WriteString("provider", provider.Name);
            json.WriteString("reason", reason);
            json.WriteString("usedInstead", instead);
        }, cancellationToken);

    /// <summary>Keeps, and tells, something that is no state of the mail.</summary>
    public async Task WriteAsync(DbTransaction transaction, MailRow row, string type, string source, CancellationToken cancellationToken)
    {
        await NoteAsync(transaction, row, type, source, null, cancellationToken).ConfigureAwait(false);
        await SendAsync(transaction, Ids.New(clock), type, row.TenantId, json =>
        {
            json.WriteString("logId", row.CompatId ?? row.Id);
            json.WriteString("recipient", row.ToAddr);
            json.WriteString("category", row.Category);
            json.WriteString("messageId", row.MessageId);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what happened to a template.</summary>
    public Task WriteAsync(DbTransaction transaction, string type, TemplateRow row, CancellationToken cancellationToken) =>
        SendAsync(transaction, Ids.New(clock), type, row.TenantId, json =>
        {
            json.WriteString("id", row.Id);
            json.WriteString("key", row.Key);
            json.WriteString("name", row.Name);
            json.WriteString("category", row.Category);
            json.WriteNumber("version", row.Version);
        }, cancellationToken);

    private bool IsWorthTelling(MailRow row, AttemptEnd end) =>
        row.Deferrals == 0
        || ((row.NextAttemptAt ?? row.DueFrom) < row.DueFrom + LateAfter && NextAt(end) >= row.DueFrom + LateAfter);

    private long? NextAt(AttemptEnd end) => end.Wait is { } wait ? clock.UnixMs() + (long)wait.TotalMilliseconds : null;

    private async Task SendAsync(
        DbTransaction transaction, string id, string type, string tenant, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        if (_sinks.Length == 0)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var mailEvent = new MailEvent(id, type, tenant, clock.GetUtcNow(), new RawJson(buffer.WrittenMemory));
        foreach (var sink in _sinks)
        {
            await sink.WriteAsync(mailEvent, transaction, cancellationToken).ConfigureAwait(false);
        }
    }
}
