using System.Collections.Concurrent;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Categories over the table mail_category. What workers ask for each mail is kept for a few seconds.</summary>
internal sealed class EmailCategories(Database database, Statements statements, MailAudit audit, TimeProvider clock) : IEmailCategories
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long ReadAt, Task<Dictionary<string, EmailCategory>> Saved)> _kept = new(StringComparer.Ordinal);

    /// <summary>How a mail is treated; a category that is none is treated as <c>default</c>.</summary>
    public async ValueTask<EmailCategory> PolicyOfAsync(string key, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(key, tenant, cancellationToken).ConfigureAwait(false)
        ?? await FindAsync(MailDefaults.Category, tenant, cancellationToken).ConfigureAwait(false)
        ?? BuiltInCategories.Default;

    public Task<EmailCategory?> TryGetAsync(string key, string tenant, CancellationToken cancellationToken) =>
        FindAsync(key, tenant, cancellationToken).AsTask();

    public async Task<IReadOnlyList<EmailCategory>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var saved = await SavedAsync(tenant, cancellationToken).ConfigureAwait(false);
        return [.. saved.Values.Concat(BuiltInCategories.All.Values.Where(category => !saved.ContainsKey(category.Key)))
            .OrderBy(category => category.Key, StringComparer.Ordinal)];
    }

    public async Task SaveAsync(EmailCategory category, string tenant, CancellationToken cancellationToken)
    {
        CategoryRules.Check(category);
        await database.WriteAsync(
            async (transaction, token) =>
            {
                await audit.WriteAsync(transaction, tenant, "category.saved", category.Key, null, token).ConfigureAwait(false);
                return await statements.ExecuteAsync(
                    transaction, MailSql.SaveCategory, CategoryRow.Of(category, tenant, clock.UnixMs()), token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        _kept.TryRemove(tenant, out _);
    }

    public async Task<bool> DeleteAsync(string key, string tenant, CancellationToken cancellationToken)
    {
        var count = await database.WriteAsync(
            async (transaction, token) =>
            {
                var count = await statements.ExecuteAsync(transaction, MailSql.DeleteCategory, new { tenant, key }, token).ConfigureAwait(false);
                if (count > 0)
                {
                    await audit.WriteAsync(transaction, tenant, "category.deleted", key, null, token).ConfigureAwait(false);
                }

                return count;
            },
            cancellationToken).ConfigureAwait(false);
        _kept.TryRemove(tenant, out _);
        return count > 0;
    }

    private async ValueTask<EmailCategory?> FindAsync(string key, string tenant, CancellationToken cancellationToken)
    {
        var saved = await SavedAsync(tenant, cancellationToken).ConfigureAwait(false);
        return saved.GetValueOrDefault(key) ?? BuiltInCategories.All.GetValueOrDefault(key);
    }

    private async ValueTask<Dictionary<string, EmailCategory>> SavedAsync(string tenant, CancellationToken cancellationToken)
    {
        if (!_kept.TryGetValue(tenant, out var kept) || kept.Saved.IsFaulted || clock.GetElapsedTime(kept.ReadAt) >= KeptFor)
        {
            _kept[tenant] = kept = (clock.GetTimestamp(), ReadAsync(tenant));
        }

        return await kept.Saved.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Dictionary<string, EmailCategory>> ReadAsync(string tenant)
    {
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<CategoryRow>(connection, MailSql.ListCategories, new { tenant }, token),
            CancellationToken.None).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Key, row => row.ToCategory(), StringComparer.Ordinal);
    }
}
