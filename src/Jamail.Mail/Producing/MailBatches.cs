using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Accepts many mails in one transaction: all or none, or the good ones with a word about each bad one.</summary>
internal sealed class MailBatches(
    Database database, Statements statements, MailDrafting drafting, SuppressionList suppressions, MailStores stores, MailAcceptance acceptance, TimeProvider clock)
{
    public const int MaxEmails = 500;
    private const string Route = "send-batch";

    public async Task<EmailBatchResult> AcceptAsync(EmailBatch batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        MailAcceptance.CheckKey(batch.IdempotencyKey);
        if (batch.Emails.Count is 0 or > MaxEmails)
        {
            throw new InvalidInputException(
                "emails", $"There are {batch.Emails.Count}; a batch has 1 to {MaxEmails}.", "Send several batches.");
        }

        var outcomes = await DraftAsync(batch, cancellationToken).ConfigureAwait(false);
        if (!batch.AllowPartial && outcomes.FirstOrDefault(outcome => outcome.TooLarge is not null) is { TooLarge: { } large } first)
        {
            throw new MailException(large.Error, large.Message, large) { Field = Item(outcomes.IndexOf(first), large.Field ?? "attachments") };
        }

        if (!batch.AllowPartial && outcomes.Any(outcome => outcome.Draft is null))
        {
            throw new InvalidInputException([.. outcomes.SelectMany((outcome, i) => outcome.Problems.Select(problem => problem with
            {
                Field = Item(i, problem.Field),
            }))]);
        }

        var id = Ids.New(clock);
        var drafts = outcomes.Select(outcome => outcome.Draft).OfType<MailDraft>().ToList();
        drafts.ForEach(draft => draft.Row.BatchId = id);
        var (answer, isReplay) = await StoreAsync(batch, id, outcomes, drafts, transaction, cancellationToken).ConfigureAwait(false);
        await acceptance.AddJobsAsync([.. drafts.Select(draft => draft.Row)], transaction, isReplay, cancellationToken).ConfigureAwait(false);
        return BatchAnswer.Read(answer, isReplay);
    }

    private async Task<(string Answer, bool IsReplay)> StoreAsync(
        EmailBatch batch,
        string id,
        IReadOnlyList<Outcome> outcomes,
        IReadOnlyList<MailDraft> drafts,
        DbTransaction? transaction,
        CancellationToken cancellationToken)
    {
        async Task<string> InsertAsync(DbTransaction own, CancellationToken token)
        {
            await statements.ExecuteAsync(
                own, MailSql.InsertBatch, new { id, tenant = batch.Tenant, total = batch.Emails.Count, now = clock.UnixMs() }, token).ConfigureAwait(false);
            await stores.InsertAsync(own, drafts, transaction is not null, token).ConfigureAwait(false);
            return BatchAnswer.Of(id, [.. outcomes.Select(outcome => (outcome.Draft?.Row, outcome.Problems))]);
        }

        if (batch.IdempotencyKey is not { } key)
        {
            return (await database.WriteAsync(transaction, InsertAsync, cancellationToken).ConfigureAwait(false), false);
        }

        var fingerprint = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(batch with { IdempotencyKey = null }));
        return await acceptance.OnceAsync(
            new IdempotencyScope(batch.Tenant, Route, key), fingerprint, transaction, InsertAsync, cancellationToken).ConfigureAwait(false);
    }

    private static string Item(int index, string field) => string.Create(CultureInfo.InvariantCulture, $"emails[{index}].{field}");

    private async Task<List<Outcome>> DraftAsync(EmailBatch batch, CancellationToken cancellationToken)
    {
        var outcomes = new List<Outcome>(batch.Emails.Count);
        foreach (var mail in batch.Emails)
        {
            try
            {
                var own = mail with { Tenant = batch.Tenant, IdempotencyKey = null };
                outcomes.Add(mail.DedupeKey is null
                    ? new Outcome(await drafting.DraftAsync(own, cancellationToken).ConfigureAwait(false), [])
                    : new Outcome(null, [new InputProblem("dedupeKey", "A batch takes none.", "Send this e-mail by itself, or give the batch an idempotency key.")]));
            }
            catch (InvalidInputException invalid)
            {
                outcomes.Add(new Outcome(null, invalid.Problems));
            }
            catch (MailException refused)
            {
                var field = refused.Error == MailError.TooLarge ? "attachments" : "template";
                outcomes.Add(new Outcome(null, [new InputProblem(field, refused.Message, "Correct or remove it.")], refused.Error == MailError.TooLarge ? refused : null));
            }
        }

        await suppressions.ApplyAsync([.. outcomes.Select(outcome => outcome.Draft?.Row).OfType<MailRow>()], cancellationToken).ConfigureAwait(false);
        return [.. outcomes.Select(outcome => outcome.Draft is { Row: { } row } && stores.Refuses(row)
            ? new Outcome(null, [new InputProblem("to", row.StatusReason ?? "", "Take it off the list, or leave the e-mail out.")])
            : outcome)];
    }

    private sealed record Outcome(MailDraft? Draft, IReadOnlyList<InputProblem> Problems, MailException? TooLarge = null);
}
