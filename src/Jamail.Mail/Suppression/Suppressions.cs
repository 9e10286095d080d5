using System.Globalization;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The suppression list for people and programs.</summary>
internal sealed class Suppressions(
    Database database, Statements statements, SuppressionList list, MailAddressHash hashes, Erasure erasure, MailAudit audit, TimeProvider clock) : ISuppressions
{
    private const int MaxEntries = 10_000;
    private const int MaxPageSize = 1_000;

    public async Task<int> AddAsync(IReadOnlyList<Suppression> entries, CancellationToken cancellationToken)
    {
        var problems = new List<InputProblem>();
        if (entries.Count > MaxEntries)
        {
            problems.Add(new InputProblem("entries", $"There are {entries.Count}; at most {MaxEntries} are allowed.", "Send several lists."));
        }

        for (var i = 0; i < entries.Count && problems.Count < 100; i++)
        {
            Check(entries[i], string.Create(CultureInfo.InvariantCulture, $"entries[{i}]"), problems);
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        return await database.WriteAsync(
            async (own, token) =>
            {
                foreach (var entry in entries)
                {
                    var hash = hashes.Of(entry.Tenant, entry.Address!); // Checked.
                    await list.AddAsync(own, entry, hash, null, token).ConfigureAwait(false);
                    if (entries.Count == 1)
                    {
                        await audit.WriteAsync(own, entry.Tenant, "suppression.added", entry.Address!, Scope(entry.Scope), token, hash).ConfigureAwait(false);
                    }
                }

                foreach (var tenant in entries.GroupBy(entry => entry.Tenant).Where(_ => entries.Count > 1))
                {
                    var count = string.Create(CultureInfo.InvariantCulture, $"{tenant.Count()} addresses");
                    await audit.WriteAsync(own, tenant.Key, "suppression.imported", "", count, token).ConfigureAwait(false);
                }

                return entries.Count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task<int> RemoveAsync(string address, string? scope, string tenant, CancellationToken cancellationToken)
    {
        var hash = Hash(tenant, address);
        return database.WriteAsync(
            async (own, token) =>
            {
                var count = await statements.ExecuteAsync(own, MailSql.DeleteSuppression, new { tenant, hash, scope }, token).ConfigureAwait(false);
                if (count > 0)
                {
                    await audit.WriteAsync(own, tenant, "suppression.removed", address, Scope(scope), token, hash).ConfigureAwait(false);
                }

                return count;
            },
            cancellationToken);
    }

    public Task<Suppression?> CheckAsync(string address, string category, string tenant, CancellationToken cancellationToken) =>
        list.FindAsync(tenant, Hash(tenant, address), category, cancellationToken);

    public async Task<Page<Suppression>> ListAsync(string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = MailInput.Cursor(cursor, pageSize, MaxPageSize);
        var parameters = new { tenant, at = after.At, id = after.Id, count = pageSize + 1 };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<SuppressionRow>(connection, MailSql.ListSuppressions, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var items = rows.Take(pageSize).ToList();
        return new Page<Suppression>(
            items.ConvertAll(row => row.ToSuppression()),
            rows.Count > pageSize ? new PageCursor(items[^1].CreatedAt, items[^1].Id).Encode() : null);
    }

    public Task<int> EraseAsync(string address, string tenant, CancellationToken cancellationToken) =>
        erasure.EraseAsync(tenant, address, Hash(tenant, address), cancellationToken);

    private static string Scope(string? scope) => scope is null or Suppression.Everything ? "for everything" : $"for {scope}";

    private byte[] Hash(string tenant, string address)
    {
        var problems = new List<InputProblem>();
        return MailAddresses.Plain("address", address, problems) is { } known
            ? hashes.Of(tenant, known.Address)
            : throw new InvalidInputException(problems);
    }

    private void Check(Suppression entry, string field, List<InputProblem> problems)
    {
        _ = MailAddresses.Plain($"{field}.address", entry.Address ?? "", problems);
        problems.AddRange(new[]
        {
            MailInput.Name($"{field}.scope", entry.Scope, 100),
            MailInput.Name($"{field}.source", entry.Source, 100),
            entry.Note is null ? null : MailInput.Name($"{field}.note", entry.Note, 500),
            entry.ExpiresAt <= clock.GetUtcNow() ? new InputProblem($"{field}.expiresAt", "It is over already.", "Give a time in the future.") : null,
        }.OfType<InputProblem>());
    }
}
