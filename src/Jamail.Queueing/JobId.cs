using System.Globalization;

namespace Jamail.Queueing;

/// <summary>The id of a job within its queue, as every BullMQ client shows it.</summary>
public readonly record struct JobId
{
    private readonly string? _value;

    private JobId(string value) => _value = value;

    /// <summary>The id as text; empty for <see langword="default"/>, which names no job.</summary>
    public string Value => _value ?? "";

    /// <summary>An id that the caller chooses, so that adding the same job twice adds it once.</summary>
    /// <param name="value">Not empty; not an integer (those are given out by Redis); no ':'.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">The text cannot be a chosen id; the message says why.</exception>
    public static JobId Choose(string value)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException("The job id is empty; leave it unset to let Redis choose one.", nameof(value));
        }

        if (value.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"Job id '{value}' holds ':', which separates parts of a Redis key; use '-' or '.'.", nameof(value));
        }

        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == value)
        {
            throw new ArgumentException(
                $"Job id '{value}' is an integer, and integers are given out by Redis; add a prefix, as in 'job-{value}'.",
                nameof(value));
        }

        return new JobId(value);
    }

    /// <summary>An id that exists already: read from a reply, a URL or a log. Any text but the empty one.</summary>
    /// <param name="value">The id as text.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static JobId Parse(string value) =>
        string.IsNullOrEmpty(value)
            ? throw new ArgumentException("The job id is empty; give the id that the queue returned.", nameof(value))
            : new JobId(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
