using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Ends deliveries whose jobs others ended: of PostgreSQL one statement for a page of the queue's events, most of which are our own.</summary>
internal sealed class SettleRows(Database database, Statements statements)
{
    /// <returns>The lanes of the deliveries that were settled.</returns>
    public async Task<IReadOnlyCollection<string>> SettleAsync(
        DbTransaction transaction, IReadOnlyList<SettleParameters> ended, long now, CancellationToken cancellationToken)
    {
        var lanes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameters in Parameters(ended, now))
        {
            var settled = await statements.QueryAsync<string?>(transaction, WebhookSql.SettleDelivery, parameters, cancellationToken)
                .ConfigureAwait(false);
            lanes.UnionWith(settled.OfType<string>());
        }

        return lanes;
    }

    private IEnumerable<object> Parameters(IReadOnlyList<SettleParameters> ended, long now) =>
        database.Dialect == SqlDialect.Postgres
            ? RoundsOf(ended).Select(round => (object)new
            {
                ids = round.Select(one => one.Id).ToArray(),
                seqs = round.Select(one => one.Seq).ToArray(),
                statuses = round.Select(one => one.Status).ToArray(),
                times = round.Select(one => one.At).ToArray(),
                now,
            })
            : ended.Select(one => new { id = one.Id, seq = one.Seq, status = one.Status, at = one.At, now });

    // A statement takes each delivery once; several jobs of one come in their order.
    private static IEnumerable<List<SettleParameters>> RoundsOf(IReadOnlyList<SettleParameters> ended)
    {
        var rest = ended.ToList();
        while (rest.Count > 0)
        {
            var round = rest.DistinctBy(one => one.Id).ToList();
            yield return round;
            rest.RemoveAll(round.ToHashSet<object>(ReferenceEqualityComparer.Instance).Contains);
        }
    }
}
