using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Stores a mail, then brings its job to the queue: at once, or when the caller's transaction commits.</summary>
internal sealed class Mailer(
    Database database,
    MailDrafting drafting,
    MailRows rows,
    IdempotencyKeys keys,
    Outbox<MailJobRow> outbox,
    OutboxSettings settings,
    CommitSignal signal,
    TimeProvider clock) : IMailer
{
    private const string Route = "send";

    // How long an answer waits for Redis: usually the job is there by then, and a Redis that is away holds nobody up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<EmailId> SendAsync(EmailMessage mail, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        CheckKey(mail.IdempotencyKey);
        var row = await drafting.DraftAsync(mail, cancellationToken).ConfigureAwait(false);
        row.JobDueAt = transaction is null ? clock.UnixMs() + (long)settings.ConfirmWithin.TotalMilliseconds : 0;
        var accepted = mail.IdempotencyKey is null
            ? await database.WriteAsync(
                transaction, (own, token) => InsertAsync(own, row, transaction is not null, token), cancellationToken).ConfigureAwait(false)
            : await InsertOnceAsync(mail, row, transaction, cancellationToken).ConfigureAwait(false);
        if (transaction is null && accepted == row.Id)
        {
            await outbox.AddNowAsync(MailJobRow.Of(row, leasedUntil: row.JobDueAt), Patience, cancellationToken).ConfigureAwait(false);
        }

        return EmailId.Parse(accepted);
    }

    private async Task<string> InsertAsync(DbTransaction own, MailRow row, bool isCallers, CancellationToken cancellationToken)
    {
        await rows.InsertAsync(own, row, cancellationToken).ConfigureAwait(false);
        if (isCallers)
        {
            await signal.AnnounceAsync(own, cancellationToken).ConfigureAwait(false);
        }

        return row.Id;
    }

    private async Task<string> InsertOnceAsync(
        EmailMessage mail, MailRow row, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var scope = new IdempotencyScope(mail.Tenant, Route, mail.IdempotencyKey!); // Only called with a key.
        var fingerprint = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(mail with { IdempotencyKey = null }));
        using var _ = keys.Enter(scope);
        return await database.WriteAsync(
            transaction,
            async (own, token) =>
            {
                if (await keys.FindAsync(own, scope, fingerprint, token).ConfigureAwait(false) is { } earlier)
                {
                    return earlier;
                }

                await keys.StoreAsync(own, scope, fingerprint, row.Id, token).ConfigureAwait(false);
                return await InsertAsync(own, row, transaction is not null, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static void CheckKey(string? key)
    {
        if (key is not null && !IdempotencyScope.IsKey(key))
        {
            throw new InvalidInputException(
                "idempotencyKey",
                $"It has {key.Length} characters or holds one that is not visible ASCII.",
                $"Give 1 to {IdempotencyScope.MaxKeyLength} visible ASCII characters, such as a UUID.");
        }
    }
}
