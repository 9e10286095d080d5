using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>What a category must be.</summary>
internal static class CategoryRules
{
    private const int HighestPriority = 2_097_151;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <exception cref="InvalidInputException">All that is wrong.</exception>
    public static void Check(EmailCategory category)
    {
        var problems = new List<InputProblem>();
        if (MailInput.Name("key", category.Key, 100) is { } name)
        {
            problems.Add(name);
        }

        Require(category.Priority is >= 0 and <= HighestPriority, "priority", category.Priority, $"0 to {HighestPriority}");
        Require(IsSpan(category.MaxAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)), "maxAge", category.MaxAge, "1 second to 30 days");
        Require(category.DeferSchedule.Count is >= 1 and <= 50, "deferSchedule", category.DeferSchedule.Count, "1 to 50 waits");
        for (var i = 0; i < category.DeferSchedule.Count; i++)
        {
            var wait = category.DeferSchedule[i];
            Require(IsSpan(wait, TimeSpan.FromMilliseconds(1), Week), $"deferSchedule[{i}]", wait, "1 ms to 7 days");
        }

        Require(Enum.IsDefined(category.Uncertain), "uncertain", category.Uncertain, "resend, hold or reconcile");
        Require(IsSpan(category.ReconcileWait, TimeSpan.FromMilliseconds(1), Week), "reconcileWait", category.ReconcileWait, "1 ms to 7 days");
        Require(category.Route.Count <= 10, "route", category.Route.Count, "at most 10 mail servers");
        for (var i = 0; i < category.Route.Count; i++)
        {
            if (MailInput.Name($"route[{i}]", category.Route[i], 100) is { } server)
            {
                problems.Add(server);
            }
        }

        Require(IsDays(category.KeepLog), "keepLog", category.KeepLog, "1 to 3650 whole days");
        Require(IsDays(category.KeepBody), "keepBody", category.KeepBody, "1 to 3650 whole days");
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        void Require(bool holds, string field, object value, string range)
        {
            if (!holds)
            {
                problems.Add(new InputProblem(field, $"It is {value} but must be {range}.", $"Give {range}."));
            }
        }
    }

    private static bool IsSpan(TimeSpan span, TimeSpan least, TimeSpan most) => span >= least && span <= most;

    private static bool IsDays(TimeSpan span) =>
        span.TotalDays is >= 1 and <= 3650 && span.Ticks % TimeSpan.TicksPerDay == 0;
}
