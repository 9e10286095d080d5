using System.Globalization;

namespace Jamail.Queueing;

/// <summary>An id of a stream's entry, in the order of the stream.</summary>
internal readonly record struct EventPosition(ulong Ms, ulong Sequence) : IComparable<EventPosition>
{
    /// <summary>Before every entry.</summary>
    public const string Beginning = "0-0";

    public static bool TryParse(string text, out EventPosition position)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var isOne = ulong.TryParse(dash < 0 ? text : text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var ms);
        var sequence = 0UL;
        isOne = isOne
            && (dash < 0 || ulong.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out sequence));
        position = new EventPosition(ms, sequence);
        return isOne;
    }

    public static bool IsAfter(string one, string other) =>
        TryParse(one, out var left) && TryParse(other, out var right) && left.CompareTo(right) > 0;

    public int CompareTo(EventPosition other) =>
        Ms != other.Ms ? Ms.CompareTo(other.Ms) : Sequence.CompareTo(other.Sequence);
}
