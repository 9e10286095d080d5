using System.Globalization;
using System.Text.RegularExpressions;

namespace Jamail.Mail;

/// <summary>What a server says about when to come again.</summary>
internal static partial class RetryHint
{
    private static readonly TimeSpan Most = TimeSpan.FromHours(24);

    /// <returns>Zero when it says nothing; at most a day.</returns>
    public static TimeSpan Read(string? text)
    {
        if (text is null || Pattern().Match(text) is not { Success: true } match)
        {
            return TimeSpan.Zero;
        }

        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var wait = char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
        return wait < Most ? wait : Most;
    }

    // "try again in 5 minutes", "retry after 300 seconds", "greylisted for 60 s".
    [GeneratedRegex(@"\b(in|after|for|within)\s+(?<number>[0-9]{1,6})\s*(?<unit>s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
