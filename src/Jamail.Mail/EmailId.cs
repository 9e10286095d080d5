using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail;

/// <summary>The id of an e-mail: of its row in the send log, and the <c>logId</c> of its job.</summary>
public readonly record struct EmailId
{
    private const string Prefix = "em_";

    private readonly string? _value;

    private EmailId(string value) => _value = value;

    /// <summary>A UUID in lower case with hyphens; empty for <see langword="default"/>, which names no e-mail.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads an id.</summary>
    /// <param name="value">A UUID, with or without the prefix <c>em_</c>, in any case.</param>
    /// <param name="id">The id; <see langword="default"/> when the text is none.</param>
    /// <returns><see langword="true"/> when <paramref name="value"/> is an e-mail id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? value, out EmailId id)
    {
        var text = value is not null && value.StartsWith(Prefix, StringComparison.Ordinal) ? value[Prefix.Length..] : value;
        var valid = Guid.TryParseExact(text, "D", out var uuid);
        id = valid ? new EmailId(uuid.ToString("D")) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <param name="value">A UUID, with or without the prefix <c>em_</c>, in any case.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is no e-mail id.</exception>
    public static EmailId Parse(string value) =>
        TryParse(value, out var id)
            ? id
            : throw new FormatException($"E-mail id '{value}' is not a UUID; give the id that SendAsync returned.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
