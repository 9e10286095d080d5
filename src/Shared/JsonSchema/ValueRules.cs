using System.Globalization;
using System.Text.Json;

namespace Jamail.Shared;

internal sealed record NothingRule : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check) => check.Violate("It is not allowed.");
}

internal sealed record TypeRule(IReadOnlyList<string> Types) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (!Types.Any(type => Is(value, type)))
        {
            check.Violate($"It is of type {Name(value)} and must be {string.Join(" or ", Types)}.");
        }
    }

    private static bool Is(JsonElement value, string type) =>
        type == Name(value) || (type == "integer" && value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()));

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}

internal sealed record EnumRule(IReadOnlyList<JsonElement> Allowed) : IJsonRule
{
    private const int MaxShown = 200;

    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (!Allowed.Any(one => JsonElement.DeepEquals(one, value)))
        {
            var allowed = string.Join(", ", Allowed.Select(one => one.GetRawText()));
            check.Violate($"It must be {(Allowed.Count == 1 ? "" : "one of ")}{(allowed.Length > MaxShown ? allowed[..MaxShown] + "…" : allowed)}.");
        }
    }
}

internal sealed record LimitRule(string Keyword, double Limit) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.Number && !Holds(value.GetDouble()))
        {
            check.Violate(string.Create(CultureInfo.InvariantCulture, $"It must be {Words} {Limit}."));
        }
    }

    private string Words => Keyword switch
    {
        "minimum" => "at least",
        "maximum" => "at most",
        "exclusiveMinimum" => "more than",
        _ => "less than",
    };

    private bool Holds(double number) => Keyword switch
    {
        "minimum" => number >= Limit,
        "maximum" => number <= Limit,
        "exclusiveMinimum" => number > Limit,
        _ => number < Limit,
    };
}

internal sealed record MultipleRule(double Step) : IJsonRule
{
    private const double Tolerance = 1e-9;

    // 0.3 is a multiple of 0.1 to people, though not to a double.
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.Number
            && value.GetDouble() / Step is var times
            && Math.Abs(times - Math.Round(times)) > Tolerance * Math.Max(1, Math.Abs(times)))
        {
            check.Violate(string.Create(CultureInfo.InvariantCulture, $"It must be a multiple of {Step}."));
        }
    }
}
