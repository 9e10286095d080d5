using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>When a mail that was refused for now comes again, and when it does not.</summary>
/// <param name="clock">Tells its age.</param>
/// <param name="chance">0 to 1, for the part of up to 20 % that is added, so that mails do not come back all at once.</param>
internal sealed class DeferralPlan(TimeProvider clock, Func<double> chance)
{
    private const double MostAdded = 0.2;

    public AttemptEnd After(MailRow row, SendVerdict verdict, EmailCategory policy)
    {
        var rule = DeferralRules.All.GetValueOrDefault(verdict.Class, DeferralRules.Schedule);
        var age = TimeSpan.FromMilliseconds(clock.UnixMs() - row.DueFrom);
        if (rule.BouncesAfter is { } limit && age >= limit)
        {
            return new AttemptEnd(EmailStatus.Bounced, $"{verdict.Reason} (still so after {limit.TotalHours} hours)");
        }

        var wait = policy.DeferSchedule[Math.Min(row.Deferrals, policy.DeferSchedule.Count - 1)];
        wait = Max(Min(wait, rule.Most), rule.Least);
        wait = row.Deferrals == 0 ? Max(wait, rule.LeastFirst) : wait;
        wait = Max(wait, RetryHint.Read(verdict.Reason)) * (1 + (MostAdded * chance()));

        // At that time it expires, unless somebody takes care of it before.
        if (row.ExpiresAt is { } expires)
        {
            wait = Min(wait, TimeSpan.FromMilliseconds(Math.Max(expires - clock.UnixMs(), 0)));
        }

        return new AttemptEnd(EmailStatus.Deferred, verdict.Reason) { Wait = wait };
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
