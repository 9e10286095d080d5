using System.ComponentModel;

namespace Jamail.Queueing;

/// <summary>
/// How long finished jobs stay readable. Applied when a job of the queue finishes. In configuration an object with
/// <c>Age</c>, <c>Count</c> and <c>Limit</c>, or one of the words <c>Forever</c> and <c>None</c>.
/// </summary>
[TypeConverter(typeof(RetentionWords))]
public sealed record JobRetention
{
    /// <summary>Finished jobs stay until somebody removes them.</summary>
    public static JobRetention Forever { get; } = new();

    /// <summary>The job is removed as soon as it finishes.</summary>
    public static JobRetention None { get; } = new() { Count = 0 };

    /// <summary>The newest this many jobs stay; zero keeps none; <see langword="null"/>: no limit by count.</summary>
    public int? Count { get; init; }

    /// <summary>Jobs finished longer ago than this go; zero or more, whole seconds on the wire; <see langword="null"/>: no limit by age.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>At most this many are removed for age each time a job finishes; 1 or more; <see langword="null"/>: 1000.</summary>
    public int? Limit { get; init; }

    /// <summary>Keeps the newest jobs.</summary>
    /// <param name="count">How many; zero keeps none.</param>
    /// <returns>The retention.</returns>
    public static JobRetention Newest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new() { Count = count };
    }

    /// <summary>Keeps jobs for a time, and of these no more than a number.</summary>
    /// <param name="age">Zero or more; whole seconds on the wire.</param>
    /// <param name="count">How many at most; <see langword="null"/>: no limit by count.</param>
    /// <param name="limit">How many are removed for age each time a job finishes; <see langword="null"/>: 1000.</param>
    /// <returns>The retention.</returns>
    public static JobRetention For(TimeSpan age, int? count = null, int? limit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        ArgumentOutOfRangeException.ThrowIfLessThan(limit ?? 1, 1, nameof(limit));
        return new() { Age = age, Count = count, Limit = limit };
    }
}
