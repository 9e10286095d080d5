using System.Data.Common;
using Dapper;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Events and deliveries, many at a time: one statement on PostgreSQL, one for each row on SQLite, which is in the process.</summary>
internal sealed class EventRows(Database database, Statements statements)
{
    private bool TakesLists => database.Dialect == SqlDialect.Postgres;

    /// <returns>How many are new.</returns>
    public async Task<int> InsertAsync(
        DbTransaction transaction, IReadOnlyList<EventParameters> events, CancellationToken cancellationToken)
    {
        if (!TakesLists)
        {
            return await InsertEachAsync(transaction, WebhookSql.InsertEvent, events, cancellationToken).ConfigureAwait(false);
        }

        return await statements.ExecuteAsync(transaction, WebhookSql.InsertEvent, Lists(events), cancellationToken).ConfigureAwait(false);
    }

    public async Task InsertAsync(
        DbTransaction transaction, IReadOnlyList<DeliveryParameters> deliveries, CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        if (!TakesLists)
        {
            await InsertEachAsync(transaction, WebhookSql.InsertDelivery, deliveries, cancellationToken).ConfigureAwait(false);
            return;
        }

        await statements.ExecuteAsync(transaction, WebhookSql.InsertDelivery, Lists(deliveries), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores all or nothing: on PostgreSQL in one round trip.</summary>
    public async Task InsertAsync(
        DbConnection connection,
        DbTransaction? transaction,
        IReadOnlyList<EventParameters> events,
        IReadOnlyList<DeliveryParameters> deliveries,
        CancellationToken cancellationToken)
    {
        if (!TakesLists)
        {
            await InsertEachAsync(transaction!, WebhookSql.InsertEvent, events, cancellationToken).ConfigureAwait(false);
            await InsertEachAsync(transaction!, WebhookSql.InsertDelivery, deliveries, cancellationToken).ConfigureAwait(false);
            return;
        }

        var lists = new DynamicParameters(Lists(events));
        lists.AddDynamicParams(Lists(deliveries));
        await statements.ExecuteAsync(
            connection, transaction, [WebhookSql.InsertEvent, WebhookSql.InsertDelivery], lists, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> InsertEachAsync<T>(
        DbTransaction transaction, string name, IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        var inserted = 0;
        foreach (var row in rows)
        {
            inserted += await statements.ExecuteAsync(transaction, name, row, cancellationToken).ConfigureAwait(false);
        }

        return inserted;
    }

    private static object Lists(IReadOnlyList<EventParameters> events) => new
    {
        ids = List(events, one => one.Id),
        tenants = List(events, one => one.Tenant),
        types = List(events, one => one.Type),
        uids = List(events, one => one.Uid),
        orderingKeys = List(events, one => one.OrderingKey),
        channels = List(events, one => one.Channels),
        tags = List(events, one => one.Tags),
        traces = List(events, one => one.Trace),
        traceStates = List(events, one => one.TraceState),
        occurredAt = List(events, one => one.OccurredAt),
        payloadsExpireAt = List(events, one => one.PayloadExpiresAt),
        now = List(events, one => one.Now),
        bodies = List(events, one => one.Body),
        sha256 = List(events, one => one.Sha256),
        bytes = List(events, one => one.Bytes),
    };

    private static object Lists(IReadOnlyList<DeliveryParameters> deliveries) => new
    {
        deliveryIds = List(deliveries, one => one.Id),
        compatIds = List(deliveries, one => one.CompatId),
        eventIds = List(deliveries, one => one.EventId),
        webhookIds = List(deliveries, one => one.WebhookId),
        deliveryTenants = List(deliveries, one => one.Tenant),
        deliveryTypes = List(deliveries, one => one.Type),
        statuses = List(deliveries, one => one.Status),
        lanes = List(deliveries, one => one.Lane),
        seqs = List(deliveries, one => one.Seq),
        origins = List(deliveries, one => one.Origin),
        jobStates = List(deliveries, one => one.JobState),
        jobsDueAt = List(deliveries, one => one.JobDueAt),
        deliveriesNow = List(deliveries, one => one.Now),
        completedAt = List(deliveries, one => one.CompletedAt),
    };

    private static TMember[] List<TRow, TMember>(IReadOnlyList<TRow> rows, Func<TRow, TMember> member)
    {
        var list = new TMember[rows.Count];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = member(rows[i]);
        }

        return list;
    }
}
