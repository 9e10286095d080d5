using Jamail.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>
/// Brings what a process of this machine left in the journal to the rows. A mail whose claim still stands is left to its job, which looks into
/// the journal too; one that somebody gave up as a doubt meanwhile is sent after all.
/// </summary>
internal sealed class JournalReplay(
    ResultJournal journal, MailRows rows, AttemptEnds ends, MailClaims claims, ISendVerdicts verdicts, OutboxSettings settings, TimeProvider clock,
    ILogger<JournalReplay> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // A disk that is slow holds up no start.
        while (journal.Ids() is { Count: > 0 } left)
        {
            try
            {
                foreach (var id in left)
                {
                    await ReplayAsync(id, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.JournalWaits(journal.Folder, fault.Message);
            }

            await Task.Delay(settings.SweepInterval, clock, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task ReplayAsync(string id, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (journal.Read(id) is { } mark && row is not null)
        {
            if (row.State == EmailStatus.Sending && row.ClaimToken == mark.Token)
            {
                return;
            }

            var attempt = mark.ToAttempt(verdicts);
            if (attempt.Verdict.Kind == SendVerdictKind.Sent && row.State is not (EmailStatus.Sent or EmailStatus.Delivered))
            {
                var end = await ends.DecideAsync(row, attempt.Verdict, mark.Provider, isLastAttempt: false, cancellationToken).ConfigureAwait(false);
                await claims.FinishAsync(row, mark.Token, end, attempt, PartialSending.Next(end, NextJob.Same), cancellationToken).ConfigureAwait(false);
            }
        }

        journal.Forget(id, isOthers: true);
    }
}
