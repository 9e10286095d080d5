using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The rule for channels and tags.</summary>
internal static class EventLabels
{
    private const int Most = 20;
    private const int Longest = 128;

    public static void Check(string field, IReadOnlyList<string>? labels, ICollection<InputProblem> problems)
    {
        if (labels is { Count: > Most } || labels?.Any(label => !IsLabel(label)) == true)
        {
            problems.Add(new InputProblem(
                field, "It holds too many texts, or one that is empty, too long or has other characters.",
                $"Give at most {Most} texts of 1 to {Longest} visible ASCII characters."));
        }
    }

    public static bool IsLabel(string? text) =>
        text is { Length: > 0 and <= Longest } && text.All(character => character is > ' ' and <= '~');
}
