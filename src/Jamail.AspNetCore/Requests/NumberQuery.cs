using System.Globalization;

namespace Jamail.AspNetCore;

/// <summary>A whole number in a query.</summary>
internal static class NumberQuery
{
    /// <exception cref="ProblemException">It is none from 1 to <paramref name="most"/>.</exception>
    public static int Parse(string field, string? text, int otherwise, int most)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw ProblemException.Invalid(
                field, $"It is '{text}' and must be a whole number from 1 to {most}.", $"Leave it out for {otherwise}.");
    }
}
