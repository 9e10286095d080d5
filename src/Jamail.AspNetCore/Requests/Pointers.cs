using System.Text;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>Names of fields as JSON pointers (RFC 6901).</summary>
internal static class Pointers
{
    /// <summary>The same problem, its field named by a pointer: <c>cc[2]</c> is <c>/cc/2</c>, <c>headers["X-A"]</c> is <c>/headers/X-A</c>.</summary>
    public static InputProblem In(InputProblem problem) => problem with { Field = Of(problem.Field) };

    /// <summary>The name of a member whose name may hold anything.</summary>
    public static string Member(string field, string name) =>
        $"{field}[\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";

    public static string Of(string field)
    {
        var pointer = new StringBuilder();
        var rest = field.AsSpan();
        while (true)
        {
            pointer.Append('/').Append(Escape(Segment(ref rest)));
            if (rest.IsEmpty)
            {
                return pointer.ToString();
            }

            rest = rest[0] == '.' ? rest[1..] : rest;
        }
    }

    /// <summary>Takes the first part off a name: up to a dot or a bracket, or what stands in brackets.</summary>
    private static string Segment(ref ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("[\""))
        {
            return Quoted(ref rest);
        }

        // As the JSON reader names a member whose name holds anything odd.
        if (rest.StartsWith("['") && rest.LastIndexOf("']") is var close and >= 2)
        {
            var member = rest[2..close].ToString();
            rest = rest[(close + 2)..];
            return member;
        }

        var isItem = rest.StartsWith("[");
        var end = isItem ? rest.IndexOf(']') : rest.IndexOfAny('.', '[');
        var segment = isItem ? rest[1..Math.Max(1, end)] : end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : isItem ? rest[(end + 1)..] : rest[end..];
        return isItem && segment.IsEmpty ? "-" : segment.ToString();
    }

    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        var name = new StringBuilder();
        var at = 2;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
            name.Append(rest[at]);
        }

        rest = at + 2 < rest.Length ? rest[(at + 2)..] : default;
        return name.ToString();
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
