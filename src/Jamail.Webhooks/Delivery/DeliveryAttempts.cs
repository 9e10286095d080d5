using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks;

/// <summary>Sends what was claimed, and records what came of it.</summary>
internal sealed class DeliveryAttempts(
    WebhookRequests requests,
    AttemptStore attempts,
    RetrySchedules schedules,
    WebhookMetrics metrics,
    TimeProvider clock,
    ILogger<DeliveryAttempts> logger)
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    public async Task<AttemptResult> MakeAsync(Job<RawJson> job, DeliveryClaim claim, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        DeliveryAnswer answer;
        try
        {
            answer = await requests.SendAsync(claim.Webhook, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(claim, startedAt).ConfigureAwait(false);
            return new AttemptResult(new JobOutcome.Returned(), null, IsEnded: false, Charge: null);
        }

        var verdict = DeliveryVerdicts.Of(answer);
        var end = End(job, claim, answer, verdict);
        await RecordAsync(new EndedAttempt(Ids.New(clock), claim, startedAt, answer, end), cancellationToken).ConfigureAwait(false);
        Tell(claim, answer, end);
        return new AttemptResult(
            verdict == DeliveryVerdict.Succeeded ? new JobOutcome.Completed() : new JobOutcome.Abandoned(answer.Error ?? ""),
            verdict == DeliveryVerdict.Retry ? answer.Error ?? "" : null,
            end.Status != DeliveryStatus.Retrying,
            end.Charge);
    }

    private AttemptEnd End(Job<RawJson> job, DeliveryClaim claim, DeliveryAnswer answer, DeliveryVerdict verdict)
    {
        var charge = DeliveryVerdicts.Charge(answer, verdict);
        var fate = verdict == DeliveryVerdict.Gone ? EndpointFate.Gone
            : answer.Wish == ReceiverWish.Disable ? EndpointFate.Disabled
            : EndpointFate.None;
        if (verdict != DeliveryVerdict.Retry || job.Attempt >= job.Attempts)
        {
            var status = verdict == DeliveryVerdict.Succeeded ? DeliveryStatus.Succeeded : DeliveryStatus.Exhausted;
            return new AttemptEnd(status, Fate: fate, Charge: charge);
        }

        var now = clock.GetUtcNow();
        var schedule = schedules.Of(claim.Row.RetrySchedule);
        var planned = schedule.Wait(claim.Row.Id, job.Attempt, job.Attempts);
        var wait = DeliveryVerdicts.Wait(answer, planned, schedule, now);
        return new AttemptEnd(DeliveryStatus.Retrying, now + wait, wait > planned ? now + wait : null, fate, charge);
    }

    // The answer is known: it is kept until it is committed, so that a database that is away for a moment repeats nothing.
    private async Task RecordAsync(EndedAttempt ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await attempts.EndAsync(ended, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException exception)
            {
                logger.AttemptNotRecorded(ended.Claim.Row.Id, exception.Message);
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
            await attempts.EndAsync(
                new EndedAttempt(Ids.New(clock), claim, startedAt, answer, new AttemptEnd(DeliveryStatus.Retrying)), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            // The claim ends by itself.
            logger.AttemptNotRecorded(claim.Row.Id, exception.Message);
        }
    }

    private void Tell(DeliveryClaim claim, DeliveryAnswer answer, AttemptEnd end)
    {
        metrics.Attempt(AttemptText.Outcome(answer, end), answer, AttemptText.ErrorClass(answer));
        var (row, took) = (claim.Row, answer.Duration.TotalMilliseconds);
        if (end.Status == DeliveryStatus.Succeeded)
        {
            metrics.Delivered(clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt));
            logger.Delivered(row.Id, row.WebhookId, claim.Number, answer.StatusCode, took);
        }
        else if (end.Status == DeliveryStatus.Retrying)
        {
            logger.AttemptFailed(row.Id, row.WebhookId, claim.Number, answer.Error, took, end.NextAttemptAt);
        }
        else
        {
            logger.GivenUp(row.Id, row.WebhookId, claim.Number, answer.Error, took);
        }
    }
}
