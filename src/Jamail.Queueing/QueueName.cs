using System.Diagnostics.CodeAnalysis;

namespace Jamail.Queueing;

/// <summary>The name of a queue, as every BullMQ client knows it.</summary>
/// <remarks>Not empty and without ':', which separates the parts of a Redis key. Compared exactly.</remarks>
public readonly record struct QueueName
{
    private readonly string? _value;

    /// <summary>Names a queue.</summary>
    /// <param name="value">Not empty, no ':'.</param>
    /// <exception cref="ArgumentException">The name is empty or holds ':'.</exception>
    public QueueName(string value)
    {
        if (Refusal(value) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(value));
        }

        _value = value;
    }

    /// <summary>The name as text; empty for <see langword="default"/>, which names no queue.</summary>
    public string Value => _value ?? "";

    /// <summary>Makes a name of <paramref name="value"/> when it can be one.</summary>
    /// <param name="value">Any text, or <see langword="null"/>.</param>
    /// <param name="name">The name; <see langword="default"/> when the text cannot be one.</param>
    /// <returns><see langword="true"/> when <paramref name="value"/> is a queue name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? value, out QueueName name)
    {
        var valid = Refusal(value) is null;
        name = valid ? new QueueName(value!) : default;
        return valid;
    }

    /// <summary>A queue name from its text.</summary>
    /// <param name="value">Not empty, no ':'.</param>
    public static implicit operator QueueName(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string? Refusal(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "The queue name is empty; give it at least one character.";
        }

        return value.Contains(':', StringComparison.Ordinal)
            ? $"Queue name '{value}' holds ':', which separates parts of a Redis key; use '-' or '.'."
            : null;
    }
}
