using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jamail.Shared;

internal sealed record LengthRule(int Least, int Most) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.EnumerateRunes().Count() is var length && (length < Least || length > Most))
        {
            check.Violate(length < Least ? $"It must have at least {Least} characters." : $"It must have at most {Most} characters.");
        }
    }
}

internal sealed record PatternRule(Regex Pattern) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.String && !Pattern.IsMatch(value.GetString()!))
        {
            check.Violate($"It must match {Pattern}.");
        }
    }
}

/// <summary>Formats that are no more than a hint to people are not checked, as JSON Schema has it for unknown ones.</summary>
internal sealed record FormatRule(string Format) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.String && !Holds(value.GetString()!, value))
        {
            check.Violate($"It must be a text of format {Format}.");
        }
    }

    private bool Holds(string text, JsonElement value) => Format switch
    {
        "date-time" => text.Contains('T', StringComparison.Ordinal) && value.TryGetDateTimeOffset(out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => MailAddress.TryCreate(text, out var address) && address.Address == text,
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        _ => true,
    };
}
