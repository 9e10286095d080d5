using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Makes the jobs of deliveries.</summary>
internal sealed class DeliveryJobs(
    SecretColumn secrets, RetrySchedules schedules, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    public const string Prefix = "whd";
    public const string CompleteName = "deliver-webhook";
    public const string ReferenceName = "deliver-webhook-ref";

    private static readonly JobRetention Completed = JobRetention.For(TimeSpan.FromHours(1), 1000);
    private static readonly JobRetention Failed = JobRetention.For(TimeSpan.FromDays(7));

    public NewJob<RawJson> Create(OutboxDelivery row) => new(
        options.Value.NodeWorkers ? CompleteName : ReferenceName, new RawJson(Data(row)), Options(row));

    /// <summary>The delivery a job id of ours belongs to; null for others.</summary>
    public static string? RowOf(string jobId)
    {
        var id = jobId.AsSpan();
        return id.StartsWith(Prefix + "-", StringComparison.Ordinal)
            && id.Length >= Prefix.Length + 1 + 36
            && Guid.TryParseExact(id.Slice(Prefix.Length + 1, 36), "D", out var row)
            ? row.ToString("D")
            : null;
    }

    private JobOptions Options(OutboxDelivery row)
    {
        var waits = row.Resend == 1 ? [] : schedules.Of(row.RetrySchedule).After(row.Attempts, row.Id);
        var wait = (row.NextAttemptAt ?? 0) - clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new JobOptions
        {
            Id = row.JobId(Prefix),
            Attempts = waits.Count + 1,
            Backoff = waits.Count > 0 ? new Backoff.Schedule(waits) : null,
            Delay = wait > 0 ? TimeSpan.FromMilliseconds(wait) : null,
            RemoveOnComplete = Completed,
            RemoveOnFail = Failed,
        };
    }

    private byte[] Data(OutboxDelivery row)
    {
        using var stream = new MemoryStream(row.Body.Length + 512);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("deliveryId", row.Id);
            json.WriteString("webhookId", row.WebhookId);
            if (options.Value.NodeWorkers)
            {
                json.WriteString("url", row.Url ?? "");
                json.WriteString("secret", row.Key is null ? "" : secrets.Read(row.Key).Reveal());
            }

            json.WriteString("event", row.EventType);
            if (options.Value.NodeWorkers)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(Encoding.UTF8.GetBytes(row.Body), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
