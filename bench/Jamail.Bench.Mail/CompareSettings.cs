using System.Globalization;

namespace Jamail.Bench.Mail;

/// <summary>What <c>compare</c> is asked for.</summary>
internal sealed record CompareSettings
{
    public int Mails { get; init; } = 10_000;

    /// <summary>Sent before anything is measured, by both sides: after 6,000 a third of what .NET uses is still its compiler.</summary>
    public int WarmUp { get; init; } = 20_000;

    public int Rounds { get; init; } = 3;

    /// <summary>PostgreSQL writes to the disk before it answers a commit, as it does where nobody changed its settings.</summary>
    public bool Durable { get; init; }

    /// <summary>Prints what each statement costs PostgreSQL.</summary>
    public bool Statements { get; init; }

    /// <summary>Runs one host of Jamail and nothing else.</summary>
    public bool JamailOnly { get; init; }

    /// <summary>Null: there is an argument that is none.</summary>
    public static CompareSettings? Parse(ReadOnlySpan<string> arguments)
    {
        var settings = new CompareSettings();
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    settings = settings with { Mails = 3_000, WarmUp = 3_000, Rounds = 1 };
                    break;
                case "--durable":
                    settings = settings with { Durable = true };
                    break;
                case "--statements":
                    settings = settings with { Statements = true };
                    break;
                case "--jamail-only":
                    settings = settings with { JamailOnly = true };
                    break;
                case "--mails" when Number(arguments, ++i) is { } mails:
                    settings = settings with { Mails = mails };
                    break;
                case "--warm" when Number(arguments, ++i) is { } warm:
                    settings = settings with { WarmUp = warm };
                    break;
                case "--rounds" when Number(arguments, ++i) is { } rounds:
                    settings = settings with { Rounds = rounds };
                    break;
                default:
                    return null;
            }
        }

        return settings;
    }

    private static int? Number(ReadOnlySpan<string> arguments, int index) =>
        index < arguments.Length && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
