using System.Collections.Concurrent;
using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Unsubscribing by token: works after the log of the e-mail is gone, since the token says everything.</summary>
internal sealed class Unsubscriptions(
    Database database, Statements statements, UnsubscribeTokens tokens, SuppressionList list, MailEvents events) : IUnsubscriptions
{
    private readonly ConcurrentDictionary<(string Tenant, string Category), byte> _known = new();

    /// <summary>The token for the recipient of a mail; remembers which category it means.</summary>
    public async Task<string> TokenAsync(MailRow row, CancellationToken cancellationToken)
    {
        var categoryId = UnsubscribeTokens.CategoryId(row.TenantId, row.Category);
        if (!_known.ContainsKey((row.TenantId, row.Category)))
        {
            await database.WriteAsync(
                (own, token) => statements.ExecuteAsync(
                    own, MailSql.SaveUnsubscribeCategory, new { categoryId, tenant = row.TenantId, category = row.Category }, token),
                cancellationToken).ConfigureAwait(false);
            _known.TryAdd((row.TenantId, row.Category), 0);
        }

        return tokens.Write(row.ToHash, categoryId);
    }

    public async Task<string?> TryReadAsync(string token, CancellationToken cancellationToken) =>
        (await FindAsync(token, cancellationToken).ConfigureAwait(false))?.Category;

    public async Task<string?> UnsubscribeAsync(string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        await database.WriteAsync(
            async (own, stopping) =>
            {
                var isNew = await list.CountAsync(own, found.Tenant, found.Hash, found.Category, stopping).ConfigureAwait(false) == 0;
                var entry = new Suppression
                {
                    Scope = found.Category, Reason = SuppressionReason.Unsubscribe, Source = "unsubscribe", Tenant = found.Tenant,
                };
                if (isNew)
                {
                    await list.AddAsync(own, entry, found.Hash, null, stopping).ConfigureAwait(false);
                    await TellAsync(own, found, stopping).ConfigureAwait(false);
                }

                return isNew;
            },
            cancellationToken).ConfigureAwait(false);
        return found.Category;
    }

    private async Task TellAsync(DbTransaction own, Found found, CancellationToken cancellationToken)
    {
        var last = await statements.FirstAsync<MailRow>(
            own, MailSql.FindLastMail, new { tenant = found.Tenant, hash = found.Hash, category = found.Category }, cancellationToken).ConfigureAwait(false);
        if (last is not null)
        {
            await events.WriteAsync(own, last, "email.unsubscribed", "unsubscribe", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Found?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (!tokens.TryRead(token, out var hash, out var categoryId))
        {
            return null;
        }

        var row = await database.ReadAsync(
            (connection, stopping) => statements.FirstAsync<UnsubscribeCategory>(
                connection, MailSql.FindUnsubscribeCategory, new { categoryId }, stopping),
            cancellationToken).ConfigureAwait(false);
        return row is null ? null : new Found(row.TenantId, row.Category, hash);
    }

    private sealed record Found(string Tenant, string Category, byte[] Hash);

    private sealed class UnsubscribeCategory
    {
        public string TenantId { get; set; } = "";

        public string Category { get; set; } = "";
    }
}
