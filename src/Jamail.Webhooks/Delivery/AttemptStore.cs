using System.Data.Common;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>What became of attempts.</summary>
internal sealed class AttemptStore : IAsyncDisposable
{
    private static readonly string Worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    private readonly Database _database;
    private readonly Statements _statements;
    private readonly AttemptRows _rows;
    private readonly EndpointHealth _health;
    private readonly UnwantedJobs _unwanted;
    private readonly CommitSignal _signal;
    private readonly OutboxSettings _settings;
    private readonly OwnEnds _own;
    private readonly bool _deletesPayloads;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<EndedAttempt, bool> _ends;
    private readonly GroupRunner<EndedAttempt, bool> _quiet;

    public AttemptStore(
        Database database,
        Statements statements,
        AttemptRows rows,
        EndpointHealth health,
        UnwantedJobs unwanted,
        CommitSignal signal,
        OutboxSettings settings,
        OwnEnds own,
        IOptions<WebhooksOptions> options,
        TimeProvider clock)
    {
        _database = database;
        _statements = statements;
        _rows = rows;
        _health = health;
        _unwanted = unwanted;
        _signal = signal;
        _settings = settings;
        _own = own;
        _deletesPayloads = options.Value.DeletePayloadOnSuccess;
        _clock = clock;
        _ends = new GroupRunner<EndedAttempt, bool>(EndAndChargeAsync);
        _quiet = new GroupRunner<EndedAttempt, bool>(EndQuietAsync);
    }

    /// <summary>Records an attempt and what it means. When the task completes, all of it is committed.</summary>
    public async Task EndAsync(EndedAttempt ended, CancellationToken cancellationToken)
    {
        await (_health.IsQuiet(ended) ? _quiet : _ends).RunAsync(ended, cancellationToken).ConfigureAwait(false);
        if (ended.End.Status != DeliveryStatus.Retrying)
        {
            _own.Add(ended.Claim.Row.Id);
        }
    }

    /// <summary>Records the attempt of a worker that died while it made it.</summary>
    public Task InsertLostAsync(DbTransaction transaction, ClaimRow row, long lease, CancellationToken cancellationToken) =>
        _rows.InsertAsync(
            transaction,
            [
                new AttemptParameters
                {
                    Id = Ids.New(_clock),
                    DeliveryId = row.Id,
                    WebhookId = row.WebhookId,
                    EventId = row.EventId,
                    Number = row.Attempts,
                    Origin = row.Origin,
                    Url = row.Url ?? "",
                    StartedAt = (row.ClaimUntil ?? _clock.UnixMs()) - lease,
                    Outcome = (int)AttemptOutcome.Retry,
                    ErrorClass = "worker_lost",
                    Error = "The worker ended during this attempt; whether the endpoint received it is not known.",
                },
            ],
            cancellationToken);

    /// <summary>Records a request that belongs to no delivery: neither endpoint nor circuit knows of it.</summary>
    public Task InsertTestAsync(EndedAttempt ended, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async (transaction, token) =>
            {
                await _rows.InsertAsync(transaction, [Attempt(ended)], token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ends.DisposeAsync().ConfigureAwait(false);
        await _quiet.DisposeAsync().ConfigureAwait(false);
    }

    // Nearly every success is one of these: no round trip for the transaction, nor for the endpoint.
    private Task<IReadOnlyList<bool>> EndQuietAsync(IReadOnlyList<EndedAttempt> ended, CancellationToken cancellationToken) =>
        _database.WriteOftenAsync<IReadOnlyList<bool>>(
            async (connection, transaction, token) =>
            {
                await _rows.InsertAndEndAsync(
                    connection, transaction, [.. ended.Select(Attempt)], [.. ended.Select(End)], token).ConfigureAwait(false);
                return [.. ended.Select(_ => true)];
            },
            cancellationToken);

    private async Task<IReadOnlyList<bool>> EndAndChargeAsync(IReadOnlyList<EndedAttempt> ended, CancellationToken cancellationToken)
    {
        List<OutboxDelivery> discarded = [];
        await _database.WriteAsync(
            async (transaction, token) =>
            {
                var announces = false;
                discarded.Clear();
                await _rows.InsertAsync(transaction, [.. ended.Select(Attempt)], token).ConfigureAwait(false);
                var done = await _rows.EndAsync(transaction, [.. ended.Select(End)], token).ConfigureAwait(false);

                // Endpoints in one order in every host, so that no two wait for each other.
                foreach (var one in ended.Where(one => done.Contains(one.Claim.Row.Id)).OrderBy(one => one.Claim.Row.WebhookId, StringComparer.Ordinal))
                {
                    announces |= await _health.ChargeAsync(transaction, one, discarded, token).ConfigureAwait(false);
                }

                if (_deletesPayloads)
                {
                    await ExpungeAsync(transaction, ended.Where(one => done.Contains(one.Claim.Row.Id)), token).ConfigureAwait(false);
                }

                if (announces)
                {
                    await _signal.AnnounceAsync(transaction, token).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (discarded.Count > 0)
        {
            await _unwanted.RemoveAsync(discarded, CancellationToken.None).ConfigureAwait(false); // What was committed is gone through with.
        }

        return [.. ended.Select(_ => true)];
    }

    // Events in one order too, so that no two hosts wait for each other.
    private async Task ExpungeAsync(DbTransaction transaction, IEnumerable<EndedAttempt> ended, CancellationToken cancellationToken)
    {
        var delivered = ended.Where(one => one.End.Status == DeliveryStatus.Succeeded).Select(one => one.Claim.Row.EventId);
        foreach (var eventId in delivered.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            await _statements.ExecuteAsync(transaction, WebhookSql.ExpungeDelivered, new { eventId }, cancellationToken).ConfigureAwait(false);
        }
    }

    private AttemptParameters Attempt(EndedAttempt ended)
    {
        var (id, claim, startedAt, answer, end) = ended;
        return new AttemptParameters
        {
            Id = id,
            DeliveryId = claim.Row.Id,
            WebhookId = claim.Row.WebhookId,
            EventId = claim.Row.EventId,
            Number = claim.Number,
            Origin = claim.Row.Origin,
            Url = claim.Webhook.Url,
            RemoteIp = answer.RemoteIp,
            StartedAt = startedAt.ToUnixTimeMilliseconds(),
            DurationMs = (long)answer.Duration.TotalMilliseconds,
            FirstByteMs = (long?)answer.FirstByte?.TotalMilliseconds,
            StatusCode = answer.StatusCode,
            Outcome = (int)AttemptText.Outcome(answer, end),
            ErrorClass = AttemptText.ErrorClass(answer),
            Error = answer.Error,
            RequestHeaders = answer.RequestHeaders,
            ResponseHeaders = answer.ResponseHeaders,
            ResponseBody = answer.Body,
            IsTruncated = answer.IsBodyTruncated ? 1 : 0,
            NextAttemptAt = end.NextAttemptAt?.ToUnixTimeMilliseconds(),
            Worker = Worker,
        };
    }

    private EndParameters End(EndedAttempt ended)
    {
        var (_, claim, _, answer, end) = ended;
        var isOpen = end.Status is DeliveryStatus.Retrying or DeliveryStatus.Pending;
        var next = end.NextAttemptAt?.ToUnixTimeMilliseconds();
        return new EndParameters(
            claim.Row.Id,
            claim.Token,
            (int)end.Status,
            answer.StatusCode,
            AttemptText.ErrorClass(answer),
            next,
            end.NotBefore?.ToUnixTimeMilliseconds(),
            isOpen ? OutboxJobState.Confirmed : OutboxJobState.None,
            (next ?? _clock.UnixMs()) + (long)_settings.CheckAfter.TotalMilliseconds,
            isOpen ? null : _clock.UnixMs());
    }
}
