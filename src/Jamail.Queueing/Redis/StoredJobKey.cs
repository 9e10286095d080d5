using System.Diagnostics.CodeAnalysis;

namespace Jamail.Queueing;

/// <summary>A job by its key in Redis. Children may be stored under another prefix than ours.</summary>
internal readonly record struct StoredJobKey(string Prefix, string Queue, string Id)
{
    public JobKey Public => new(Queue, JobId.Parse(Id));

    /// <summary>Takes a key apart. Ids of schedulers hold ':', and so may a prefix.</summary>
    public static bool TryParse([NotNullWhen(true)] string? key, string ownPrefix, out StoredJobKey parsed)
    {
        parsed = default;
        if (string.IsNullOrEmpty(key))
        {
            return false;
        }

        int end;
        int middle;
        if (key.StartsWith(ownPrefix + ":", StringComparison.Ordinal))
        {
            end = ownPrefix.Length;
            middle = key.IndexOf(':', end + 1);
        }
        else
        {
            middle = key.LastIndexOf(':');
            end = middle > 0 ? key.LastIndexOf(':', middle - 1) : -1;
        }

        if (end <= 0 || middle <= end + 1 || middle == key.Length - 1)
        {
            return false;
        }

        parsed = new StoredJobKey(key[..end], key[(end + 1)..middle], key[(middle + 1)..]);
        return true;
    }
}
