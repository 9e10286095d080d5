namespace Jamail.Queueing;

/// <summary>What a deduplication must hold before anything is sent.</summary>
internal static class DeduplicationRules
{
    public static void Check(Deduplication? deduplication)
    {
        if (deduplication is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(deduplication.Id))
        {
            throw Refusal("Deduplication.Id is empty but must say what makes jobs the same; give for example 'report-17'.");
        }

        if (deduplication.Window is { } window && (window < TimeSpan.FromMilliseconds(1) || window > TimeSpan.FromDays(3650)))
        {
            throw Refusal($"Deduplication.Window is {window} but must be 1 millisecond to 10 years; leave it unset to count until the job has finished.");
        }

        if (deduplication is { ExtendWindow: true, Window: null })
        {
            throw Refusal("Deduplication.ExtendWindow is set without a Window that it could begin anew; set Window too.");
        }

        if (deduplication is { KeepLatestWhileActive: true, Window: { } kept })
        {
            throw Refusal(
                $"Deduplication.Window is {kept} together with KeepLatestWhileActive, which counts until the job has finished; unset one of them.");
        }

        if (!Enum.IsDefined(deduplication.WhileDelayed))
        {
            throw Refusal($"Deduplication.WhileDelayed is {(int)deduplication.WhileDelayed} but must be None, Replace or Reschedule; leave it unset for None.");
        }
    }

    private static ArgumentException Refusal(string message) => new(message);
}
