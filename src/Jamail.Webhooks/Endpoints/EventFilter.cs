using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Which events an endpoint takes: exact types, <c>order.*</c> for all under a part, <c>*</c> for all.</summary>
internal sealed class EventFilter
{
    private const int MaxPatterns = 100;
    private const string All = "*";

    private EventFilter(IReadOnlyList<string> patterns) => Patterns = patterns;

    public IReadOnlyList<string> Patterns { get; }

    /// <summary>The filter of what a caller gave; problems are added to the list.</summary>
    public static EventFilter Of(IReadOnlyList<string>? patterns, ICollection<InputProblem> problems)
    {
        if (patterns is null or { Count: 0 })
        {
            return new EventFilter([All]);
        }

        if (patterns.Count > MaxPatterns)
        {
            problems.Add(new InputProblem(
                "events", $"There are {patterns.Count} events, and at most {MaxPatterns} are allowed.", "Use wildcards, as in order.*."));
        }

        for (var index = 0; index < patterns.Count && index < MaxPatterns; index++)
        {
            if (EventType.Problem(Stem(patterns[index]), $"events[{index}]", patterns[index]) is { } problem)
            {
                problems.Add(problem with { Fix = problem.Fix + " 'order.*' stands for all types under a part, '*' for all." });
            }
        }

        return new EventFilter([.. patterns.Distinct(StringComparer.Ordinal)]);
    }

    public static EventFilter Parse(string column) =>
        new(JsonSerializer.Deserialize(column, WebhooksJson.Default.StringArray) ?? [All]);

    public bool Takes(string eventType) => Patterns.Any(pattern => Takes(pattern, eventType));

    public string ToColumn() => JsonSerializer.Serialize([.. Patterns], WebhooksJson.Default.StringArray);

    private static bool Takes(string pattern, string eventType) =>
        pattern == All
        || pattern == eventType
        || (pattern.EndsWith(".*", StringComparison.Ordinal)
            && eventType.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));

    // '*' and the '*' of 'order.*' are judged as any letter would be.
    private static string? Stem(string? pattern) => pattern switch
    {
        All => "x",
        not null when pattern.EndsWith(".*", StringComparison.Ordinal) => pattern[..^1] + "x",
        _ => pattern,
    };
}
