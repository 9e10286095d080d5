using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Makes the job of a mail, as workers in other languages know it.</summary>
internal sealed class MailJobs(IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Carries the whole mail.</summary>
    public const string Name = "send-email";

    /// <summary>Carries only the id; the content stays in the database.</summary>
    public const string ReferenceName = "send-email-ref";

    public const string IdPrefix = "mail";

    private const int UuidLength = 36;

    private static readonly JobRetention KeepCompleted = JobRetention.For(TimeSpan.FromHours(1), 1000);
    private static readonly JobRetention KeepFailed = JobRetention.For(TimeSpan.FromDays(7));
    private static readonly JsonWriterOptions Minimal = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public NewJob<RawJson> Create(MailJobRow row)
    {
        var isComplete = options.Value.NodeWorkers && row.Html is not null && IsToSomebody(row);
        return new NewJob<RawJson>(
            isComplete ? Name : ReferenceName,
            isComplete ? Complete(row) : Reference(row),
            new JobOptions
            {
                Id = row.JobId(IdPrefix),
                Priority = row.Priority > 0 ? row.Priority : null,
                Delay = row.DueAt is { } due && due > clock.UnixMs() ? TimeSpan.FromMilliseconds(due - clock.UnixMs()) : null,
                Attempts = options.Value.Attempts,
                Backoff = new Backoff.Exponential(options.Value.Backoff),
                RemoveOnComplete = KeepCompleted,
                RemoveOnFail = KeepFailed,
            });
    }

    /// <summary>The row of a job id made here; null for any other.</summary>
    public static string? RowOf(string jobId) =>
        jobId.Length >= IdPrefix.Length + 1 + UuidLength
        && jobId.StartsWith(IdPrefix + "-", StringComparison.Ordinal)
        && Guid.TryParseExact(jobId.AsSpan(IdPrefix.Length + 1, UuidLength), "D", out var id)
            ? id.ToString("D")
            : null;

    private static RawJson Complete(MailJobRow row) => Write(json =>
    {
        // A worker that knows nothing of parts sends to whom the job names.
        var left = Left(row);
        json.WriteString("templateId", row.TemplateId);
        json.WriteString("recipient", left.Count > 0 ? left[0] : row.Recipient);
        json.WriteString("subject", row.Subject);
        json.WriteString("html", row.Html);
        json.WriteString("logId", row.CompatId ?? row.Id);
        json.WriteString("category", row.Category);

        // Only where there are any: the plain mail is exactly what other languages know.
        WriteRaw(json, "cc", left.Count > 0 ? null : row.Cc);
        WriteRaw(json, "bcc", left.Count > 0 ? StoredJson.Of([.. left.Skip(1)]) : row.Bcc);
        WriteRaw(json, "headers", row.Headers);
        if (row.ReplyTo is not null)
        {
            json.WriteString("replyTo", row.ReplyTo);
        }

        if (row.Attachments > 0)
        {
            json.WriteNumber("attachments", row.Attachments);
        }
    });

    private static bool IsToSomebody(MailJobRow row) => row.RecipientsLeft is null || Left(row).Count > 0;

    private static List<string> Left(MailJobRow row) => [.. StoredJson.List(row.RecipientsLeft).Where(address => address != Erasure.Nobody)];

    private static void WriteRaw(Utf8JsonWriter json, string name, string? stored)
    {
        if (stored is not null)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(stored);
        }
    }

    private static RawJson Reference(MailJobRow row) => Write(json => json.WriteString("logId", row.CompatId ?? row.Id));

    private static RawJson Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Minimal))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }
}
