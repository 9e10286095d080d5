using System.Diagnostics;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Makes one attempt to deliver one event to one endpoint, when it may be made.</summary>
internal sealed class WebhookDeliveryProcessor(
    DeliveryClaims claims,
    EndpointKeys keys,
    EndpointGate gate,
    DeliveryAttempts attempts,
    LaneStore lanes,
    WebhookMetrics metrics,
    TimeProvider clock) : IJobProcessor<RawJson>
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, CancellationToken cancellationToken)
    {
        var isReference = job.Name == DeliveryJobs.ReferenceName;
        if (DeliveryJobData.Read(job.Payload.Utf8, isReference, out var problem) is not { } data)
        {
            return new JobOutcome.Abandoned(problem);
        }

        try
        {
            return await ProcessAsync(job, data, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is StoreUnavailableException or JobQueueException)
        {
            // Our own fault is not the endpoint's: the attempt does not count.
            return new JobOutcome.Postponed(StorePause);
        }
    }

    // Nearly always nothing stands in the way, and reading and claiming are one statement. It changes nothing when something does.
    private async Task<JobOutcome> ProcessAsync(Job<RawJson> job, DeliveryJobData data, CancellationToken cancellationToken)
    {
        TimeSpan? wait = null;
        if (data is { Payload: { } body, PayloadText: null } && keys.Find(data.WebhookId) is { Secrets.Count: > 0 } known)
        {
            var id = DeliveryClaims.RowOf(data);
            switch (await gate.EnterAsync(known.Terms, id, new WaitingJob(job.Id, job.AddedAt)).ConfigureAwait(false))
            {
                case GatePass.Wait told:
                    wait = told.Time;
                    break;
                case GatePass.Entered entered
                    when await AttemptAsync(
                        job, entered, token => claims.TryClaimReadyAsync(id, known, body, token), cancellationToken)
                        .ConfigureAwait(false) is { } outcome:
                    return outcome;
            }
        }

        return await claims.FindAsync(data, cancellationToken).ConfigureAwait(false) is { } row
            ? await ProcessAsync(job, data, row, wait, cancellationToken).ConfigureAwait(false)
            : new JobOutcome.Abandoned($"There is no delivery '{data.DeliveryId}' in the database.");
    }

    private async Task<JobOutcome> ProcessAsync(
        Job<RawJson> job, DeliveryJobData data, ClaimRow row, TimeSpan? wait, CancellationToken cancellationToken)
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

        if (wait is { } told && row.Resend == 0)
        {
            return new JobOutcome.Postponed(told);
        }

        var (webhook, refusal) = await WebhookAsync(data, row, cancellationToken).ConfigureAwait(false);
        return webhook is not null ? await SendAsync(job, row, webhook, cancellationToken).ConfigureAwait(false)
            : refusal is not null ? new JobOutcome.Abandoned(refusal)
            : new JobOutcome.Postponed(Again);
    }

    private async Task<JobOutcome> SendAsync(
        Job<RawJson> job, ClaimRow row, OutgoingWebhook webhook, CancellationToken cancellationToken)
    {
        var terms = keys.TermsOf(row);
        GatePass.Entered? entered = null;
        if (row.Resend == 0)
        {
            // What a person asked for is made at once; all else waits for its turn.
            var pass = await gate.EnterAsync(terms, row.Id, new WaitingJob(job.Id, job.AddedAt)).ConfigureAwait(false);
            if (pass is GatePass.Wait wait)
            {
                return new JobOutcome.Postponed(wait.Time);
            }

            entered = (GatePass.Entered)pass;
        }

        return await AttemptAsync(
            job, entered, token => claims.TryClaimAsync(row, webhook, terms.Lease, token), cancellationToken).ConfigureAwait(false)
            ?? new JobOutcome.Postponed(Again);
    }

    /// <summary>Claims, sends, records; leaves the gate in any case.</summary>
    /// <returns>Null when it could not be claimed.</returns>
    private async Task<JobOutcome?> AttemptAsync(
        Job<RawJson> job,
        GatePass.Entered? entered,
        Func<CancellationToken, Task<DeliveryClaim?>> claiming,
        CancellationToken cancellationToken)
    {
        AttemptResult? result = null;
        DeliveryClaim? claim;
        try
        {
            claim = await claiming(cancellationToken).ConfigureAwait(false);
            if (claim is null)
            {
                return null;
            }

            if (claim.Number == 1)
            {
                metrics.Started(clock.GetUtcNow() - job.AddedAt);
            }

            using var activity = Begin(claim.Row);
            result = await attempts.MakeAsync(job, claim, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (entered is not null)
            {
                // Nobody has to wait until Redis has heard of it: it hears of it before what this host asks it next.
                _ = gate.LeaveAsync(entered, result?.Charge);
            }
        }

        if (result.IsEnded && claim.Row.Lane is { } lane)
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

    /// <summary>
    /// What is to be sent; null, and why, when the job does not say. Null, and no reason, when the endpoint was deleted since the delivery was read: it
    /// has no secrets then.
    /// </summary>
    private async Task<(OutgoingWebhook? Webhook, string? Refusal)> WebhookAsync(
        DeliveryJobData data, ClaimRow row, CancellationToken cancellationToken)
    {
        IReadOnlyList<WebhookSecret> secrets = [];
        IReadOnlyDictionary<string, string> headers = new Dictionary<string, string>();
        if (row.Url is not null)
        {
            var known = await keys.FindAsync(row, cancellationToken).ConfigureAwait(false);
            (secrets, headers) = (known.Secrets, known.Headers);
            if (secrets.Count == 0)
            {
                return (null, null);
            }
        }
        else
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
            null);
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
