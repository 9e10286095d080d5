using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>How enum values are written: lower case; job states as every BullMQ client writes them.</summary>
internal static class WireNames
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    public static string Of(JobState state) => state == JobState.WaitingChildren ? "waiting-children" : Of<JobState>(state);

    /// <summary>Reads a filter.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="ProblemException">There is no such value; the message names all.</exception>
    public static TEnum? Parse<TEnum>(string field, string? text, IReadOnlyList<TEnum> values, Func<TEnum, string> write)
        where TEnum : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var value in values)
        {
            if (write(value).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var all = string.Join(", ", values.Select(write));
        throw ProblemException.Invalid(field, $"'{text}' is none of {all}.", "Give one of them, or leave it out for all.");
    }
}
