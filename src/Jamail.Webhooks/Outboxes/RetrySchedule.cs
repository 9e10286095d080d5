using System.Globalization;

namespace Jamail.Webhooks;

/// <summary>The waits between attempts.</summary>
/// <param name="Waits">In order; one more attempt than waits is made.</param>
/// <param name="Jitter">How far a wait may be off, either way, as a share of it.</param>
/// <param name="IsContract">Whether others rely on these very waits.</param>
internal sealed record RetrySchedule(IReadOnlyList<TimeSpan> Waits, double Jitter = 0, bool IsContract = false)
{
    /// <summary>Waits up to this are fast: too short for an endpoint to be mended in between.</summary>
    public static readonly TimeSpan Fast = TimeSpan.FromMinutes(1);

    public static readonly RetrySchedule Compat = new(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)], IsContract: true);

    public static readonly RetrySchedule Standard = new(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ],
        Jitter: 0.2);

    public static readonly RetrySchedule SvixLike = new(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(10),
        ],
        Jitter: 0.2);

    /// <summary>The waits of a delivery that are left after some attempts of the schedule.</summary>
    public IReadOnlyList<TimeSpan> After(int attempts, string deliveryId) =>
        [.. Enumerable.Range(0, Waits.Count).Skip(attempts).Select(index => Wait(index, deliveryId))];

    /// <summary>The wait after a failed attempt of a job.</summary>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="attempt">Which of the job's attempts failed, counting from 1.</param>
    /// <param name="attempts">How many the job has in all: fewer than the schedule when some were made before it.</param>
    public TimeSpan Wait(string deliveryId, int attempt, int attempts)
    {
        var made = Waits.Count + 1 - attempts;
        return Wait(Math.Clamp(made + attempt - 1, 0, Waits.Count - 1), deliveryId);
    }

    // The job carries its waits and the row its next time: drawn from the delivery's id, both are the same on every host.
    private TimeSpan Wait(int index, string deliveryId)
    {
        if (Jitter == 0 || deliveryId.Length < 8
            || !uint.TryParse(deliveryId.AsSpan(deliveryId.Length - 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var tail))
        {
            return Waits[index];
        }

        var share = ((tail + (uint)index) * 2654435761u) / (double)uint.MaxValue;
        return TimeSpan.FromMilliseconds(Math.Round(Waits[index].TotalMilliseconds * (1 - Jitter + (2 * Jitter * share))));
    }
}
