using System.Collections;

namespace Jamail.Queueing;

/// <summary>Stands around everything that is logged while a job runs.</summary>
internal sealed class JobScope(string queue, string jobId) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Queue", queue),
        1 => new("JobId", jobId),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
        yield return this[1];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"Job {jobId} of queue {queue}";
}
