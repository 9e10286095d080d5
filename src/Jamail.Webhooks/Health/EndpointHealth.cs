using System.Data.Common;
using System.Diagnostics;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// Counts what attempts tell about an endpoint, tells its owner when it fails for long, and disables it in the end. What a person
/// asked for does not count.
/// </summary>
internal sealed class EndpointHealth(
    Statements statements,
    EndpointStore endpoints,
    EndpointNotices notices,
    WebhookMetrics metrics,
    IOptions<WebhooksOptions> options,
    TimeProvider clock,
    ILogger<EndpointHealth> logger)
{
    private const int LeastFailures = 10;
    private const int LateAttempts = 4;
    private const long NotedEvery = 60_000;

    private readonly AlertLadder _ladder = new(options.Value.DisableAfter);

    /// <summary>Whether an attempt tells nothing that has to be written down, as nearly every success.</summary>
    public bool IsQuiet(EndedAttempt ended)
    {
        var row = ended.Claim.Row;
        return ended.End is { Status: DeliveryStatus.Succeeded, Fate: EndpointFate.None }
            && row.Lane is null
            && !options.Value.DeletePayloadOnSuccess
            && !IsLate(ended)
            && (row.Url is null || row.Origin == AttemptOrigin.Person || IsNoted(row, clock.UnixMs()));
    }

    /// <param name="transaction">The one that ends the attempt.</param>
    /// <param name="ended">The attempt.</param>
    /// <param name="discarded">Gets what it discards; the jobs are to be removed after the commit.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether events were published that want jobs.</returns>
    public async Task<bool> ChargeAsync(
        DbTransaction transaction, EndedAttempt ended, List<OutboxDelivery> discarded, CancellationToken cancellationToken)
    {
        var row = ended.Claim.Row;
        if (row.Url is null)
        {
            return false;
        }

        Activity.Current = ended.Span; // Attempts of several traces are stored together.
        var counts = row.Origin != AttemptOrigin.Person;
        var published = ended.End.Charge switch
        {
            true when counts => await SucceedAsync(transaction, row, cancellationToken).ConfigureAwait(false),
            false when counts => await FailAsync(transaction, ended, cancellationToken).ConfigureAwait(false),
            null when counts && IsRefused(ended) => await RefuseAsync(transaction, ended, cancellationToken).ConfigureAwait(false),
            _ => false,
        };
        published |= await EndAsync(transaction, ended, discarded, cancellationToken).ConfigureAwait(false);
        if (IsLate(ended))
        {
            published |= await notices.DeliveredLateAsync(transaction, ended, cancellationToken).ConfigureAwait(false);
        }

        if (ended.End.Status == DeliveryStatus.Exhausted)
        {
            published |= await notices.ExhaustedAsync(transaction, ended, cancellationToken).ConfigureAwait(false);
        }

        return published | await NoteLaneAsync(transaction, row, ended.End.Status, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> NoteLaneAsync(
        DbTransaction transaction, ClaimRow row, DeliveryStatus status, CancellationToken cancellationToken)
    {
        var parameters = new { lane = row.Lane, id = row.Id };
        if (row.Lane is not null && status == DeliveryStatus.Exhausted && row is { Blocks: 1, Resend: 0 })
        {
            await statements.ExecuteAsync(transaction, WebhookSql.BlockLane, parameters, cancellationToken).ConfigureAwait(false);
            return await notices.TellAsync(
                transaction, row, EndpointNoticeKind.Blocked, null, $"Delivery '{row.Id}' was given up and stops those behind it.", cancellationToken)
                .ConfigureAwait(false);
        }

        if (row.Lane is not null && status == DeliveryStatus.Succeeded)
        {
            await statements.ExecuteAsync(transaction, WebhookSql.UnblockLane, parameters, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<bool> SucceedAsync(DbTransaction transaction, ClaimRow row, CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        if (IsNoted(row, now))
        {
            return false;
        }

        await statements.ExecuteAsync(
            transaction, WebhookSql.EndpointSucceeded, new { id = row.WebhookId, now }, cancellationToken).ConfigureAwait(false);
        return (row.AlertStep > 0 || row.RefusedSince is not null)
            && await notices.TellAsync(transaction, row, EndpointNoticeKind.Recovered, null, null, cancellationToken).ConfigureAwait(false);
    }

    // A success after so many attempts is news to whoever has looked at the failures.
    private static bool IsLate(EndedAttempt ended) =>
        ended.End.Status == DeliveryStatus.Succeeded
        && ended.Claim.Number >= LateAttempts
        && ended.Claim.Row.Origin != AttemptOrigin.Person;

    private static bool IsNoted(ClaimRow row, long now) =>
        row is { ConsecutiveFailures: 0, AlertStep: 0, RefusedSince: null } && row.LastSuccessAt > now - NotedEvery;

    private static bool IsRefused(EndedAttempt ended) => ended.Answer.Fault is DeliveryFault.BlockedAddress or DeliveryFault.BadUrl;

    // Not the receiver's failure, and nothing that mends itself by waiting: its owner is told once.
    private async Task<bool> RefuseAsync(DbTransaction transaction, EndedAttempt ended, CancellationToken cancellationToken)
    {
        var row = ended.Claim.Row;
        return await statements.ExecuteAsync(
            transaction, WebhookSql.RefuseEndpoint, new { id = row.WebhookId, now = clock.UnixMs() }, cancellationToken).ConfigureAwait(false) == 1
            && await notices.TellAsync(
                transaction, row, EndpointNoticeKind.Refused, null, ended.Answer.Error, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> FailAsync(DbTransaction transaction, EndedAttempt ended, CancellationToken cancellationToken)
    {
        var row = ended.Claim.Row;
        var now = clock.UnixMs();
        var health = await statements.FirstAsync<HealthRow>(
            transaction, WebhookSql.EndpointFailed, new { id = row.WebhookId, now }, cancellationToken).ConfigureAwait(false);
        var step = health is { Status: (int)WebhookEndpointStatus.Active, ConsecutiveFailures: >= LeastFailures }
            ? _ladder.StepAt(TimeSpan.FromMilliseconds(now - health.FailingSince))
            : 0;
        if (health is null || step <= health.AlertStep || await statements.ExecuteAsync(
            transaction, WebhookSql.RaiseAlert, new { id = row.WebhookId, step }, cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        if (step < AlertLadder.Last)
        {
            return await notices.TellAsync(
                transaction, row, EndpointNoticeKind.Failing, health, ended.Answer.Error, cancellationToken).ConfigureAwait(false);
        }

        var since = DateTimeOffset.FromUnixTimeMilliseconds(health.FailingSince);
        return await DisableAsync(
            transaction, ended, health, $"No request succeeded since {since:u}.", "failing", cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> EndAsync(
        DbTransaction transaction, EndedAttempt ended, List<OutboxDelivery> discarded, CancellationToken cancellationToken)
    {
        var row = ended.Claim.Row;
        if (ended.End.Fate == EndpointFate.Disabled)
        {
            return await DisableAsync(
                transaction, ended, null, "The endpoint asked for it in its answer.", "asked", cancellationToken).ConfigureAwait(false);
        }

        if (ended.End.Fate != EndpointFate.Gone)
        {
            return false;
        }

        discarded.AddRange(await endpoints.MarkGoneAsync(transaction, row.WebhookId, cancellationToken).ConfigureAwait(false));
        metrics.Disabled("gone");
        logger.EndpointStopped(row.WebhookId, "it answered 410");
        return await notices.TellAsync(
            transaction, row, EndpointNoticeKind.Gone, null, ended.Answer.Error, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> DisableAsync(
        DbTransaction transaction, EndedAttempt ended, HealthRow? health, string reason, string label, CancellationToken cancellationToken)
    {
        var row = ended.Claim.Row;
        await endpoints.SetStatusAsync(
            transaction, row.WebhookId, (int)WebhookEndpointStatus.Disabled, reason, cancellationToken).ConfigureAwait(false);
        metrics.Disabled(label);
        logger.EndpointStopped(row.WebhookId, reason);
        return await notices.TellAsync(
            transaction, row, EndpointNoticeKind.Disabled, health, ended.Answer.Error ?? reason, cancellationToken).ConfigureAwait(false);
    }
}
