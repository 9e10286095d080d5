using System.Text;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>Names of fields as JSON pointers (RFC 6901).</summary>
internal static class Pointers
{
    /// <summary>The same problem, its field named by a pointer: <c>cc[2]</c> is <c>/cc/2</c>.</summary>
    public static InputProblem In(InputProblem problem) => problem with { Field = Of(problem.Field) };

    public static string Of(string field)
    {
        var pointer = new StringBuilder();
        foreach (var part in field.Split('.', '['))
        {
            var name = part.TrimEnd(']').Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            pointer.Append('/').Append(part == "]" ? "-" : name);
        }

        return pointer.ToString();
    }
}
