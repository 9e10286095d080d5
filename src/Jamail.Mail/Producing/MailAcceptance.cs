using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Stores a mail, then brings its job to the queue: at once, or when the caller's transaction commits.</summary>
internal sealed class MailAcceptance(
    Database database,
    MailDrafting drafting,
    MailStores stores,
    SuppressionList suppressions,
    IdempotencyKeys keys,
    Outbox<MailJobRow> outbox,
    MailAudit audit,
    ScheduleWatch schedule)
{
    private const string Route = "send";
    private const string DedupeRoute = "dedupe";

    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(1);

    // A dedupe key holds whatever the e-mail does.
    private static readonly byte[] Anything = [0];

    // How long an answer waits for Redis: usually the job is there by then, and a Redis that is away holds nobody up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<AcceptedEmail> AcceptAsync(EmailMessage mail, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        CheckKey(mail.IdempotencyKey);
        var draft = await drafting.DraftAsync(mail, cancellationToken).ConfigureAwait(false);
        if (transaction is null && mail is { IdempotencyKey: null, DedupeKey: null })
        {
            await stores.StoreAsync(draft, cancellationToken).ConfigureAwait(false);
            await AddJobsAsync([draft.Row], transaction, isReplay: false, cancellationToken).ConfigureAwait(false);
            return StoredAnswer.Read(StoredAnswer.Of(draft.Row), isReplay: false);
        }

        await suppressions.ApplyAsync(draft.Row, cancellationToken).ConfigureAwait(false);
        return await AcceptOnceAsync(mail, draft, transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a mail that repeats another one.</summary>
    public async Task<AcceptedEmail> StoreAsync(MailDraft draft, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async (own, token) =>
            {
                await stores.InsertAsync(own, [draft], isCallers: false, token).ConfigureAwait(false);
                if (draft.Row.Forced != 0)
                {
                    await audit.WriteAsync(own, draft.Row.TenantId, "email.resent_by_force", draft.Row.Id, $"of {draft.Row.ResendOf}", token)
                        .ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        await AddJobsAsync([draft.Row], null, isReplay: false, cancellationToken).ConfigureAwait(false);
        return StoredAnswer.Read(StoredAnswer.Of(draft.Row), isReplay: false);
    }

    private async Task<AcceptedEmail> AcceptOnceAsync(
        EmailMessage mail, MailDraft draft, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var dedupe = mail.DedupeKey is { } about ? new IdempotencyScope(mail.Tenant, DedupeRoute, about) : (IdempotencyScope?)null;
        using var entered = dedupe is { } scope ? keys.Enter(scope) : null;
        var isRepeat = false;

        async Task<string> InsertOnceAsync(DbTransaction own, CancellationToken token)
        {
            isRepeat = false; // It may run twice.
            if (dedupe is { } known && await keys.FindAsync(own, known, Anything, token).ConfigureAwait(false) is { } first)
            {
                isRepeat = true;
                return first;
            }

            await stores.InsertAsync(own, [draft], transaction is not null, token).ConfigureAwait(false);
            var answer = StoredAnswer.Of(draft.Row);
            if (dedupe is { } unknown)
            {
                await keys.StoreAsync(own, unknown, Anything, answer, token, mail.DedupeWindow ?? DefaultWindow).ConfigureAwait(false);
            }

            return answer;
        }

        var (stored, isReplay) = mail.IdempotencyKey is { } key
            ? await OnceAsync(new IdempotencyScope(mail.Tenant, Route, key), Fingerprint(mail), transaction, InsertOnceAsync, cancellationToken)
                .ConfigureAwait(false)
            : (await database.WriteAsync(transaction, InsertOnceAsync, cancellationToken).ConfigureAwait(false), false);
        await AddJobsAsync([draft.Row], transaction, isReplay || isRepeat, cancellationToken).ConfigureAwait(false);
        return StoredAnswer.Read(stored, isReplay || isRepeat);
    }

    /// <summary>Does something once for each idempotency key, and gives its answer to all calls.</summary>
    public async Task<(string Answer, bool IsReplay)> OnceAsync(
        IdempotencyScope scope,
        byte[] fingerprint,
        DbTransaction? transaction,
        Func<DbTransaction, CancellationToken, Task<string>> work,
        CancellationToken cancellationToken)
    {
        using var _ = keys.Enter(scope);
        return await database.WriteAsync(
            transaction,
            async (own, token) =>
            {
                if (await keys.FindAsync(own, scope, fingerprint, token).ConfigureAwait(false) is { } earlier)
                {
                    return (earlier, true);
                }

                var answer = await work(own, token).ConfigureAwait(false);
                await keys.StoreAsync(own, scope, fingerprint, answer, token).ConfigureAwait(false);
                return (answer, false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the jobs of rows that were just committed; those in a caller's transaction are added when it commits.</summary>
    public async Task AddJobsAsync(
        IReadOnlyList<MailRow> stored, DbTransaction? transaction, bool isReplay, CancellationToken cancellationToken)
    {
        foreach (var row in stored.Where(row => row is { State: EmailStatus.Scheduled, JobState: OutboxJobState.Wanted }))
        {
            schedule.Notice(row.JobDueAt);
        }

        if (transaction is null && !isReplay)
        {
            await Task.WhenAll(stored.Where(row => row is { State: EmailStatus.Queued, JobState: OutboxJobState.Wanted }).Select(row =>
                outbox.AddNowAsync(MailJobRow.Of(row, leasedUntil: row.JobDueAt), Patience, cancellationToken))).ConfigureAwait(false);
        }
    }

    public static void CheckKey(string? key)
    {
        if (key is not null && !IdempotencyScope.IsKey(key))
        {
            throw new InvalidInputException(
                "idempotencyKey",
                $"It has {key.Length} characters or holds one that is not visible ASCII.",
                $"Give 1 to {IdempotencyScope.MaxKeyLength} visible ASCII characters, such as a UUID.");
        }
    }

    private static byte[] Fingerprint(EmailMessage mail) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(mail with { IdempotencyKey = null }));
}
