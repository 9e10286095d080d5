using System.Globalization;

namespace Jamail.AspNetCore;

/// <summary>Times in queries.</summary>
internal static class TimeQuery
{
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ProblemException">The text is no time.</exception>
    public static DateTimeOffset? Parse(string field, string? text) =>
        string.IsNullOrEmpty(text) ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw ProblemException.Invalid(field, $"'{text}' is not a time.", "Write it as 2026-01-31T12:00:00Z.");
}
