using Jamail.Queueing;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks;

/// <summary>Makes one attempt to deliver one event to one endpoint.</summary>
internal sealed class WebhookDeliveryProcessor(
    DeliveryClaims claims,
    WebhookRequests requests,
    AttemptStore attempts,
    RetrySchedule schedule,
    TimeProvider clock,
    ILogger<WebhookDeliveryProcessor> logger) : IJobProcessor<RawJson>
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, CancellationToken cancellationToken)
    {
        var isReference = job.Name == DeliveryJobs.ReferenceName;
        if (DeliveryJobData.Read(job.Payload.Utf8, isReference, out var problem) is not { } data)
        {
            return new JobOutcome.Abandoned(problem);
        }

        try
        {
            return await claims.ClaimAsync(data, cancellationToken).ConfigureAwait(false) switch
            {
                ClaimResult.Claimed { Claim: var claim } => await AttemptAsync(job, claim, cancellationToken).ConfigureAwait(false),
                ClaimResult.Busy { Wait: var wait } => new JobOutcome.Postponed(wait),
                ClaimResult.Impossible { Reason: var reason } => new JobOutcome.Abandoned(reason),
                _ => new JobOutcome.Completed(),
            };
        }
        catch (StoreUnavailableException)
        {
            // Our own fault is not the endpoint's: the attempt does not count.
            return new JobOutcome.Postponed(StorePause);
        }
    }

    private async Task<JobOutcome> AttemptAsync(Job<RawJson> job, DeliveryClaim claim, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        DeliveryAnswer answer;
        try
        {
            answer = await requests.SendAsync(claim.Url, claim.EventId, claim.Secrets, claim.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(claim, startedAt).ConfigureAwait(false);
            return new JobOutcome.Returned();
        }

        var verdict = DeliveryVerdicts.Of(answer);
        var end = End(job, verdict);
        await RecordAsync(claim, startedAt, answer, end, cancellationToken).ConfigureAwait(false);
        Log(claim, answer, end);
        return verdict switch
        {
            DeliveryVerdict.Succeeded => new JobOutcome.Completed(),
            DeliveryVerdict.Retry => throw new DeliveryFailedException(answer.Error ?? ""),
            _ => new JobOutcome.Abandoned(answer.Error ?? ""),
        };
    }

    private AttemptEnd End(Job<RawJson> job, DeliveryVerdict verdict) => verdict switch
    {
        DeliveryVerdict.Succeeded => new AttemptEnd(DeliveryStatus.Succeeded),
        DeliveryVerdict.Retry when job.Attempt < job.Attempts => new AttemptEnd(
            DeliveryStatus.Retrying, clock.GetUtcNow() + schedule.Wait(job.Attempt, job.Attempts)),
        _ => new AttemptEnd(DeliveryStatus.Exhausted, IsGone: verdict == DeliveryVerdict.Gone),
    };

    // The answer is known: it is kept until it is committed, so that a database that is away for a moment repeats nothing.
    private async Task RecordAsync(
        DeliveryClaim claim, DateTimeOffset startedAt, DeliveryAnswer answer, AttemptEnd end, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await attempts.EndAsync(claim, startedAt, answer, end, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException exception)
            {
                logger.AttemptNotRecorded(claim.Id, exception.Message);
                await Task.Delay(StorePause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task StopAsync(DeliveryClaim claim, DateTimeOffset startedAt)
    {
        var answer = new DeliveryAnswer
        {
            Fault = DeliveryFault.Stopped,
            Error = "This host stopped during the attempt; whether the endpoint received it is not known.",
            Duration = clock.GetUtcNow() - startedAt,
        };
        try
        {
            await attempts.EndAsync(claim, startedAt, answer, new AttemptEnd(DeliveryStatus.Retrying), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            // The claim ends by itself.
            logger.AttemptNotRecorded(claim.Id, exception.Message);
        }
    }

    private void Log(DeliveryClaim claim, DeliveryAnswer answer, AttemptEnd end)
    {
        var took = answer.Duration.TotalMilliseconds;
        if (end.Status == DeliveryStatus.Succeeded)
        {
            logger.Delivered(claim.Id, claim.WebhookId, claim.Number, answer.StatusCode, took);
        }
        else if (end.Status == DeliveryStatus.Retrying)
        {
            logger.AttemptFailed(claim.Id, claim.WebhookId, claim.Number, answer.Error, took, end.NextAttemptAt);
        }
        else
        {
            logger.GivenUp(claim.Id, claim.WebhookId, claim.Number, answer.Error, took);
        }
    }
}
