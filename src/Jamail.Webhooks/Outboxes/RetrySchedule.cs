using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>The waits between attempts.</summary>
internal sealed class RetrySchedule(IOptions<WebhooksOptions> options)
{
    private static readonly TimeSpan[] Compatible =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    public IReadOnlyList<TimeSpan> Waits { get; } =
        options.Value.RetrySchedule is { Count: > 0 } waits ? [.. waits] : Compatible;

    /// <summary>The waits that are left after some attempts.</summary>
    public IReadOnlyList<TimeSpan> After(int attempts) => [.. Waits.Skip(attempts)];

    /// <summary>The wait after a failed attempt of a job.</summary>
    /// <param name="attempt">Which of the job's attempts failed, counting from 1.</param>
    /// <param name="attempts">How many the job has in all: fewer than the schedule when some were made before it.</param>
    public TimeSpan Wait(int attempt, int attempts)
    {
        var made = Waits.Count + 1 - attempts;
        return Waits[Math.Clamp(made + attempt - 1, 0, Waits.Count - 1)];
    }
}
