using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The table mail_provider. Passwords are stored protected and leave it only towards a mail server.</summary>
internal sealed class ProviderStore(Database database, Statements statements, ISecretProtector protector, MailAudit audit, TimeProvider clock)
{
    public Task<IReadOnlyList<ProviderRow>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<ProviderRow>(connection, MailSql.ListProviders, new { tenant }, token), cancellationToken);

    public Task SaveAsync(EmailProviderDraft draft, string tenant, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var old = await statements.FirstAsync<ProviderRow>(
                    transaction, MailSql.FindProvider, new { tenant, name = draft.Name }, token).ConfigureAwait(false);
                ProviderRules.Check(draft, old?.SecretEnc is not null);
                var id = old?.Id ?? Ids.New(clock);
                await audit.WriteAsync(transaction, tenant, "provider.saved", draft.Name, null, token).ConfigureAwait(false);
                return await statements.ExecuteAsync(
                    transaction,
                    MailSql.SaveProvider,
                    new ProviderRow
                    {
                        Id = id,
                        TenantId = tenant,
                        Name = draft.Name,
                        Settings = ProviderSettings.Of(draft).Write(),
                        SecretEnc = string.IsNullOrEmpty(draft.User) ? null
                            : draft.Password is { } password ? protector.Protect(Encoding.UTF8.GetBytes(password), ProviderRow.SecretPurpose(id))
                            : old?.SecretEnc,
                        MaxConcurrent = draft.MaxConcurrent,
                        RatePerSecond = draft.RatePerSecond,
                        Idempotent = draft.SwallowsRepeats ? 1 : 0,
                        UpdatedAt = clock.UnixMs(),
                    },
                    token).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<bool> DeleteAsync(string name, string tenant, CancellationToken cancellationToken) =>
        ChangeAsync(MailSql.DeleteProvider, new { tenant, name }, tenant, "provider.deleted", name, null, cancellationToken);

    public Task<bool> SetStatusAsync(string name, string tenant, int status, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            MailSql.SetProviderStatus,
            new { tenant, name, status, reason, now = clock.UnixMs() },
            tenant,
            status == ProviderRow.Paused ? "provider.paused" : "provider.resumed",
            name,
            reason,
            cancellationToken);

    public string? PasswordOf(ProviderRow row) =>
        row.SecretEnc is { } secret ? Encoding.UTF8.GetString(protector.Unprotect(secret, ProviderRow.SecretPurpose(row.Id))) : null;

    private Task<bool> ChangeAsync(
        string statement, object parameters, string tenant, string action, string name, string? detail, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                if (await statements.ExecuteAsync(transaction, statement, parameters, token).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                await audit.WriteAsync(transaction, tenant, action, name, detail, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
}
