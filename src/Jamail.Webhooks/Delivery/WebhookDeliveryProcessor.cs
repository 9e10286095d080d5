using System.Diagnostics;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Makes one attempt to deliver one event to one endpoint, when it may be made.</summary>
internal sealed class WebhookDeliveryProcessor(
    DeliveryClaims claims,
    EndpointKeys keys,
    EndpointGate gate,
    DeliveryAttempts attempts,
    LaneStore lanes,
    WebhookMetrics metrics,
    IOptions<WebhooksOptions> options,
    TimeProvider clock) : IJobProcessor<RawJson>
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(10);

    public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, CancellationToken cancellationToken)
    {
        var isReference = job.Name == DeliveryJobs.ReferenceName;
        if (DeliveryJobData.Read(job.Payload.Utf8, isReference, out var problem) is not { } data)
        {
            return new JobOutcome.Abandoned(problem);
        }

        try
        {
            return await claims.FindAsync(data, cancellationToken).ConfigureAwait(false) is { } row
                ? await ProcessAsync(job, data, row, cancellationToken).ConfigureAwait(false)
                : new JobOutcome.Abandoned($"There is no delivery '{data.DeliveryId}' in the database.");
        }
        catch (Exception fault) when (fault is StoreUnavailableException or JobQueueException)
        {
            // Our own fault is not the endpoint's: the attempt does not count.
            return new JobOutcome.Postponed(StorePause);
        }
    }

    private async Task<JobOutcome> ProcessAsync(
        Job<RawJson> job, DeliveryJobData data, ClaimRow row, CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        switch ((DeliveryStatus)row.Status)
        {
            case DeliveryStatus.Sending when row.ClaimUntil > now:
                return Postponed(row.ClaimUntil.Value - now);
            case not (DeliveryStatus.Pending or DeliveryStatus.Retrying or DeliveryStatus.Sending):
                return await CompletedAsync(row, cancellationToken).ConfigureAwait(false);
        }

        if (WithoutSending(row) is { } status)
        {
            await claims.FinishAsync(row.Id, status, cancellationToken).ConfigureAwait(false);
            return await CompletedAsync(row, cancellationToken).ConfigureAwait(false);
        }

        if (row.NotBefore > now)
        {
            return Postponed(row.NotBefore.Value - now);
        }

        var (webhook, refusal) = await WebhookAsync(data, row, cancellationToken).ConfigureAwait(false);
        return webhook is null
            ? new JobOutcome.Abandoned(refusal)
            : await SendAsync(job, row, webhook, cancellationToken).ConfigureAwait(false);
    }

    private async Task<JobOutcome> SendAsync(
        Job<RawJson> job, ClaimRow row, OutgoingWebhook webhook, CancellationToken cancellationToken)
    {
        var lease = (webhook.Timeout ?? options.Value.Timeout) + LeaseMargin;
        GatePass.Entered? entered = null;
        if (row.Resend == 0)
        {
            // What a person asked for is made at once; all else waits for its turn.
            var terms = new GateTerms(row.WebhookId, row.TenantId, row.MaxInFlight ?? options.Value.MaxInFlight, row.RatePerSecond, lease);
            var pass = await gate.EnterAsync(terms, row.Id, new WaitingJob(job.Id, job.AddedAt)).ConfigureAwait(false);
            if (pass is GatePass.Wait wait)
            {
                return new JobOutcome.Postponed(wait.Time);
            }

            entered = (GatePass.Entered)pass;
        }

        AttemptResult? result = null;
        try
        {
            if (await claims.TryClaimAsync(row, webhook, lease, cancellationToken).ConfigureAwait(false) is not { } claim)
            {
                return new JobOutcome.Postponed(Again);
            }

            if (row.Attempts == 0)
            {
                metrics.Started(clock.GetUtcNow() - job.AddedAt);
            }

            using var activity = Begin(row);
            result = await attempts.MakeAsync(job, claim, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (entered is not null)
            {
                await gate.LeaveAsync(entered, result?.Charge).ConfigureAwait(false);
            }
        }

        if (result.IsEnded && row.Lane is { } lane)
        {
            await lanes.AdvanceAsync(lane, cancellationToken).ConfigureAwait(false);
        }

        return result.Error is null ? result.Outcome : throw new DeliveryFailedException(result.Error);
    }

    // Below the span of its job's attempt, which is below whoever made the job: the publisher, or the person who sends again.
    // The link is to the publisher in both cases.
    private static Activity? Begin(ClaimRow row)
    {
        ActivityLink[] links = ActivityContext.TryParse(row.Trace, null, isRemote: true, out var trace) ? [new(trace)] : [];
        var parent = Activity.Current is null ? trace : default;
        var activity = WebhooksTelemetry.Source.StartActivity("webhook deliver", ActivityKind.Consumer, parent, links: links);
        activity?.SetTag("jamail.webhook.delivery", row.Id);
        return activity;
    }

    /// <summary>What is to be sent; null, and why, when the job does not say.</summary>
    private async Task<(OutgoingWebhook? Webhook, string Refusal)> WebhookAsync(
        DeliveryJobData data, ClaimRow row, CancellationToken cancellationToken)
    {
        IReadOnlyList<WebhookSecret> secrets = [];
        IReadOnlyDictionary<string, string> headers = new Dictionary<string, string>();
        if (row.Url is not null)
        {
            (secrets, headers) = await keys.FindAsync(row, cancellationToken).ConfigureAwait(false);
        }

        if (secrets.Count == 0)
        {
            if (!WebhookSecret.TryParse(data.Secret, out var secret, out var problem))
            {
                return (null, $"Member '/secret' of the job's data: {problem.Rule} {problem.Fix}");
            }

            secrets = [secret];
        }

        return (
            new OutgoingWebhook
            {
                Url = row.Url ?? data.Url ?? "",
                EventId = row.EventId,
                EventType = row.EventType,
                Secrets = secrets,
                Body = await claims.BodyAsync(row, data, cancellationToken).ConfigureAwait(false),
                Profile = (WebhookSignatureProfile?)row.SignatureProfile,
                Timeout = row.TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
                Headers = headers,
            },
            "");
    }

    // A lane goes on however its delivery came to its end, and also when the worker that ended it died before it went on.
    private async Task<JobOutcome> CompletedAsync(ClaimRow row, CancellationToken cancellationToken)
    {
        if (row.Lane is { } lane)
        {
            await lanes.AdvanceAsync(lane, cancellationToken).ConfigureAwait(false);
        }

        return new JobOutcome.Completed();
    }

    // One attempt asked for by a person is made even when the endpoint is switched off.
    private static DeliveryStatus? WithoutSending(ClaimRow row) => (row.EndpointStatus, row.Resend) switch
    {
        (EndpointRow.Deleted, _) => DeliveryStatus.Discarded,
        ((int)WebhookEndpointStatus.Gone, 0) => DeliveryStatus.Discarded,
        ((int)WebhookEndpointStatus.Paused or (int)WebhookEndpointStatus.Disabled, 0) => DeliveryStatus.Skipped,
        _ => null,
    };

    private static JobOutcome.Postponed Postponed(long milliseconds) => new(TimeSpan.FromMilliseconds(milliseconds));
}
