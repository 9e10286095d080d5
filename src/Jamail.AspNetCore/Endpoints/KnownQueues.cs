using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>The queues that may be looked at and steered: those the host was told of.</summary>
internal static class KnownQueues
{
    public static IJobQueueInspector Find(this IJobQueues queues, string name)
    {
        if (!QueueName.TryParse(name, out var queue))
        {
            throw ProblemException.Invalid(
                "name", $"'{name}' is no queue name: it must not be empty or hold ':'.", "Give one of the names that GET /queues lists.");
        }

        return queues.Names.Contains(queue)
            ? queues.Inspect(queue)
            : throw ProblemException.NotFound(
                "queue", name, $"This host knows {string.Join(", ", queues.Names.Select(known => $"'{known}'"))}.");
    }
}
