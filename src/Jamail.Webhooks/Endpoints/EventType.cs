using System.Text.RegularExpressions;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The rule for names of events.</summary>
internal static partial class EventType
{
    private const int MaxLength = 128;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static InputProblem? Problem(string? name, string field, string? given = null) =>
        name is { Length: > 0 and <= MaxLength } && Rule().IsMatch(name)
            ? null
            : new InputProblem(
                field,
                $"'{Shown(given ?? name)}' is not the name of an event.",
                $"Use letters, digits, '_' and '-', in parts separated by '.', at most {MaxLength} characters, as in order.paid.");

    private static string Shown(string? name) => name is { Length: > MaxLength } ? name[..MaxLength] + "…" : name ?? "";

    [GeneratedRegex("^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
