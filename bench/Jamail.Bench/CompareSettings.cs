using System.Globalization;

namespace Jamail.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record CompareSettings
{
    public const string Usage =
        "compare.sh [--quick] [--rounds N] [--only measure,...] [--compare-only] [--alone-only [NAME,...]] [--note TEXT] [--no-results]";

    public bool Quick { get; init; }

    public int Rounds { get; init; } = 5;

    /// <summary>Measures to take; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool Compare { get; init; } = true;

    /// <summary>The measures of Jamail alone; never with <see cref="Quick"/>.</summary>
    public bool Alone { get; init; } = true;

    /// <summary>Names of the measures of Jamail alone; empty for all.</summary>
    public IReadOnlyList<string> AloneOnly { get; init; } = [];

    public bool WriteResults { get; init; } = true;

    /// <summary>A remark for the report, such as what else the machine was doing.</summary>
    public string? Note { get; init; }

    public static CompareSettings Parse(IReadOnlyList<string> arguments)
    {
        var settings = new CompareSettings();
        for (var i = 0; i < arguments.Count; i++)
        {
            settings = arguments[i] switch
            {
                "--quick" => settings with { Quick = true, Rounds = 1, Alone = false },
                "--rounds" => settings with { Rounds = int.Parse(Next(arguments, ref i), CultureInfo.InvariantCulture) },
                "--only" => settings with { Only = Next(arguments, ref i).Split(',') },
                "--compare-only" => settings with { Alone = false },
                "--alone-only" => settings with { Compare = false, AloneOnly = Names(arguments, ref i) },
                "--no-results" => settings with { WriteResults = false },
                "--note" => settings with { Note = Next(arguments, ref i) },
                var unknown => throw new ArgumentException($"Unknown option '{unknown}'; the options are: {Usage}"),
            };
        }

        return settings;
    }

    private static string[] Names(IReadOnlyList<string> arguments, ref int i)
    {
        if (i + 1 >= arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
        {
            return [];
        }

        var names = arguments[++i].Split(',');
        return names.Except(AloneRuns.Names).FirstOrDefault() is { } unknown
            ? throw new ArgumentException($"Unknown measure '{unknown}'; there are {string.Join(", ", AloneRuns.Names)}.")
            : names;
    }

    private static string Next(IReadOnlyList<string> arguments, ref int i) =>
        ++i < arguments.Count
            ? arguments[i]
            : throw new ArgumentException($"Option '{arguments[i - 1]}' needs a value; the options are: {Usage}");
}
