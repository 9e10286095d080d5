using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The list as sending and reports see it.</summary>
internal sealed class SuppressionList(Database database, Statements statements, EmailCategories categories, TimeProvider clock)
{
    /// <summary>The entry that forbids a mail; null when none does.</summary>
    public async Task<Suppression?> FindAsync(string tenant, byte[] hash, string category, CancellationToken cancellationToken)
    {
        var policy = await categories.PolicyOfAsync(category, tenant, cancellationToken).ConfigureAwait(false);
        var parameters = new { tenant, hash, category, essential = policy.IsEssential ? 1 : 0, now = clock.UnixMs() };
        var row = await database.ReadAsync(
            (connection, token) => statements.FirstAsync<SuppressionRow>(connection, MailSql.FindSuppression, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return row?.ToSuppression();
    }

    public Task AddAsync(
        DbTransaction transaction, Suppression entry, byte[] hash, string? logId, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            MailSql.SaveSuppression,
            new
            {
                id = Ids.New(clock), tenant = entry.Tenant, scope = entry.Scope, hash, address = entry.Address, reason = entry.Reason.WireName(),
                source = entry.Source, logId, note = entry.Note, now = clock.UnixMs(), expires = entry.ExpiresAt?.ToUnixTimeMilliseconds(),
            },
            cancellationToken);

    public Task<long> CountAsync(DbTransaction transaction, string tenant, byte[] hash, string scope, CancellationToken cancellationToken) =>
        statements.FirstAsync<long>(transaction, MailSql.CountSuppressions, new { tenant, hash, scope }, cancellationToken);

    /// <summary>A mail to the address bounced or drew a complaint.</summary>
    public Task AddAsync(
        DbTransaction transaction, MailRow row, SuppressionReason reason, string source, string? note, CancellationToken cancellationToken) =>
        AddAsync(
            transaction,
            new Suppression { Address = row.ToAddr, Reason = reason, Source = source, Note = note is { Length: > 500 } ? note[..500] : note, Tenant = row.TenantId },
            row.ToHash,
            row.Id,
            cancellationToken);

    public static string Describe(Suppression entry) =>
        $"The address is on the suppression list ({entry.Reason.WireName()}, {(entry.Scope == Suppression.Everything ? "for everything" : $"for {entry.Scope}")}).";
}
