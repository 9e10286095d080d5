using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The column <c>origin</c>: why attempts are made.</summary>
internal static class AttemptOrigin
{
    public const int Schedule = 1;
    public const int Person = 2;
    public const int Recovery = 3;
    public const int Test = 4;

    private static readonly string[] Names = ["schedule", "manual", "recovery", "test"];

    public static string NameOf(int origin) => Names[origin - Schedule];

    /// <exception cref="InvalidInputException">Nothing has this name.</exception>
    public static int Parse(string name) => Array.IndexOf(Names, name) is >= 0 and var index
        ? index + Schedule
        : throw new InvalidInputException("origin", $"'{name}' is no origin of an attempt.", $"Use {string.Join(", ", Names[..^1])} or {Names[^1]}.");
}
