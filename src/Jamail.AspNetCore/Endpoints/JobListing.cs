using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>Pages through the jobs of one state, or of all states one after the other.</summary>
internal static class JobListing
{
    private const char Separator = '~';

    public static IReadOnlyList<JobState> States { get; } =
    [
        JobState.Active, JobState.Waiting, JobState.Prioritized, JobState.Delayed, JobState.WaitingChildren, JobState.Failed,
        JobState.Completed,
    ];

    public static async Task<JobPage> ReadAsync(
        IJobQueueInspector queue, JobState? only, string? cursor, int size, CancellationToken cancellationToken)
    {
        try
        {
            return only is { } state
                ? await queue.GetJobsAsync(state, cursor, size, cancellationToken).ConfigureAwait(false)
                : await ReadAllAsync(queue, cursor, size, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException fault) when (fault.ParamName == "cursor")
        {
            throw WrongCursor();
        }
    }

    private static async Task<JobPage> ReadAllAsync(
        IJobQueueInspector queue, string? cursor, int size, CancellationToken cancellationToken)
    {
        var (position, inner) = Parse(cursor);
        var items = new List<JobDetails>();
        while (true)
        {
            var page = await queue.GetJobsAsync(States[position], inner, size - items.Count, cancellationToken)
                .ConfigureAwait(false);
            items.AddRange(page.Items);
            (position, inner) = page.Next is null ? (position + 1, null) : (position, page.Next);
            if (position == States.Count)
            {
                return new JobPage(items, null);
            }

            if (items.Count >= size)
            {
                return new JobPage(items, $"{WireNames.Of(States[position])}{Separator}{inner}");
            }
        }
    }

    private static (int Position, string? Inner) Parse(string? cursor)
    {
        if (cursor is null)
        {
            return (0, null);
        }

        var parts = cursor.Split(Separator, 2);
        for (var position = 0; parts.Length == 2 && position < States.Count; position++)
        {
            if (WireNames.Of(States[position]) == parts[0])
            {
                return (position, parts[1].Length == 0 ? null : parts[1]);
            }
        }

        throw WrongCursor();
    }

    private static ProblemException WrongCursor() => ProblemException.Invalid(
        "cursor", "It is none that this list gave.", "Give 'next' of the page before, or leave it out.");
}
