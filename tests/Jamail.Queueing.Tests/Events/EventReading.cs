namespace Jamail.Queueing.Tests.Events;

internal static class EventReading
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Reads up to the first event that satisfies the condition.</summary>
    public static async Task<IReadOnlyList<JobEvent>> TakeAsync(
        this IJobEvents events, string? after, Func<JobEvent, bool> until)
    {
        using var end = new CancellationTokenSource(Bound);
        var taken = new List<JobEvent>();
        await foreach (var happened in events.ReadAsync(after, end.Token))
        {
            taken.Add(happened);
            if (until(happened))
            {
                break;
            }
        }

        return taken;
    }
}
