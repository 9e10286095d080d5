using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Tells the sinks what became a fact, in the transaction that makes it one.</summary>
internal sealed class MailEvents(IEnumerable<IMailEventSink> sinks, TimeProvider clock)
{
    private readonly IMailEventSink[] _sinks = [.. sinks];

    /// <summary>Tells of a mail's end; of other states nobody is told.</summary>
    public Task WriteAsync(
        DbTransaction transaction, MailRow row, EmailStatus status, string? reason, CancellationToken cancellationToken) =>
        status switch
        {
            EmailStatus.Sent => WriteAsync(transaction, "email.sent", row, "sent", null, cancellationToken),
            EmailStatus.Failed => WriteAsync(transaction, "email.failed", row, "failed", reason, cancellationToken),
            EmailStatus.Uncertain => WriteAsync(transaction, "email.uncertain", row, "uncertain", reason, cancellationToken),
            _ => Task.CompletedTask,
        };

    /// <summary>Tells what happened to a template.</summary>
    public Task WriteAsync(DbTransaction transaction, string type, TemplateRow row, CancellationToken cancellationToken) =>
        SendAsync(transaction, type, row.TenantId, json =>
        {
            json.WriteString("id", row.Id);
            json.WriteString("key", row.Key);
            json.WriteString("name", row.Name);
            json.WriteString("category", row.Category);
            json.WriteNumber("version", row.Version);
        }, cancellationToken);

    private Task WriteAsync(
        DbTransaction transaction, string type, MailRow row, string status, string? error, CancellationToken cancellationToken) =>
        SendAsync(transaction, type, row.TenantId, json =>
        {
            json.WriteString("logId", row.CompatId ?? row.Id);
            json.WriteString("templateId", row.TemplateId);
            json.WriteString("recipient", row.ToAddr);
            json.WriteString("subject", row.Subject);
            json.WriteString("category", row.Category);
            json.WriteString("status", status);
            json.WriteString("messageId", row.MessageId);
            json.WriteString("error", error);
        }, cancellationToken);

    private async Task SendAsync(
        DbTransaction transaction, string type, string tenant, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
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

        var mailEvent = new MailEvent(Ids.New(clock), type, tenant, clock.GetUtcNow(), new RawJson(buffer.WrittenMemory));
        foreach (var sink in _sinks)
        {
            await sink.WriteAsync(mailEvent, transaction, cancellationToken).ConfigureAwait(false);
        }
    }
}
