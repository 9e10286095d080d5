using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Decides about mails whose worker is gone: by the mark it left in Redis or on this machine's disk, else as a doubt.</summary>
internal sealed class ExpiredClaims(ResultMarks marks, ResultJournal journal, ISendVerdicts verdicts, AttemptEnds ends, MailClaims claims)
{
    private const string Reason = "The worker that was sending the mail is gone; whether the mail server accepted it cannot be known.";

    /// <param name="row">Being sent, with a claim that has run out.</param>
    /// <param name="next">How another attempt, where there is one, comes about.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What became of the mail; null when somebody else decided meanwhile.</returns>
    /// <exception cref="JobQueueException">Redis is away: whether there is a mark cannot be known now.</exception>
    public async Task<AttemptEnd?> EndAsync(MailRow row, NextJob next, CancellationToken cancellationToken)
    {
        if ((journal.Find(row.Id, row.ClaimToken) ?? await marks.FindAsync(row.Id, row.ClaimToken).ConfigureAwait(false)) is { } mark)
        {
            var attempt = mark.ToAttempt(verdicts);
            var known = await ends.DecideAsync(row, attempt.Verdict, mark.Provider, isLastAttempt: false, cancellationToken).ConfigureAwait(false);
            await claims.FinishAsync(row, mark.Token, known, attempt, PartialSending.Next(known, next), cancellationToken).ConfigureAwait(false);
            marks.Forget(row.Id);
            journal.Forget(row.Id, isOthers: true);
            return known;
        }

        var doubt = await ends.DoubtAsync(row, Reason, row.Provider, cancellationToken).ConfigureAwait(false);
        return await claims.GiveUpExpiredAsync(row, doubt, next, cancellationToken).ConfigureAwait(false) ? doubt : null;
    }
}
