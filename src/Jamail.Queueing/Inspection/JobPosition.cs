using System.Globalization;

namespace Jamail.Queueing;

/// <summary>
/// Where a page of the jobs of a state begins: a place in one of the lists that hold that state. As text, <c>list.place</c>, it is
/// the cursor that callers hand back.
/// </summary>
internal readonly record struct JobPosition(string[] Lists, int List, long Place)
{
    public string Name => Lists[List];

    /// <exception cref="ArgumentException">The cursor is of another state, or none at all.</exception>
    public static JobPosition Parse(JobState state, string? cursor)
    {
        var lists = StateNames.Of(state);
        if (cursor is null)
        {
            return new JobPosition(lists, 0, 0);
        }

        var dot = cursor.LastIndexOf('.');
        var list = dot < 0 ? -1 : Array.IndexOf(lists, cursor[..dot]);
        return list >= 0
            && long.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new JobPosition(lists, list, place)
            : throw new ArgumentException(
                $"The cursor '{cursor}' is not one of this list; give 'Next' of the page before, or none.", nameof(cursor));
    }

    /// <summary>Behind jobs that were read.</summary>
    public JobPosition Behind(int read) => this with { Place = Place + read };

    /// <summary>The start of the next list; null after the last one.</summary>
    public JobPosition? NextList() => List + 1 < Lists.Length ? new JobPosition(Lists, List + 1, 0) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}.{Place}");
}
