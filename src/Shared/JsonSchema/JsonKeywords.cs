using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jamail.Shared;

/// <summary>Reads the keywords of one schema object.</summary>
internal sealed class JsonKeywords(JsonSchemaReader reader, JsonElement schema, string pointer, int depth)
{
    public static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf", "not",
        "minLength", "maxLength", "pattern", "format",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "items", "minItems", "maxItems", "uniqueItems",
        "properties", "required", "additionalProperties", "minProperties", "maxProperties",
    };

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    public void AddTo(JsonSchemaNode node)
    {
        var rules = node.Rules;
        Add(rules, "type", value => ReadTypes(value) is { } types ? new TypeRule(types) : null);
        Add(rules, "enum", value => value.ValueKind == JsonValueKind.Array ? new EnumRule([.. value.EnumerateArray()]) : null);
        Add(rules, "const", value => new EnumRule([value]));
        Add(rules, "$ref", value => value.ValueKind == JsonValueKind.String
            && reader.Resolve(value.GetString()!, At("$ref"), depth + 1) is { } target ? new AllOfRule([target]) : null, isTold: true);
        Add(rules, "allOf", value => Schemas("allOf", value) is { } all ? new AllOfRule(all) : null);
        Add(rules, "anyOf", value => Schemas("anyOf", value) is { } any ? new AnyOfRule(any) : null);
        Add(rules, "oneOf", value => Schemas("oneOf", value) is { } one ? new OneOfRule(one) : null);
        Add(rules, "not", value => new NotRule(Schema("not", value)));
        Add(rules, "pattern", value => value.ValueKind == JsonValueKind.String && Pattern(value.GetString()!) is { } pattern ? new PatternRule(pattern) : null, isTold: true);
        Add(rules, "format", value => value.ValueKind == JsonValueKind.String ? new FormatRule(value.GetString()!) : null);
        Add(rules, "multipleOf", value => Number(value) is > 0 and var step ? new MultipleRule(step) : null);
        Add(rules, "items", value => new ItemsRule(Schema("items", value)));
        Add(rules, "uniqueItems", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? new UniqueRule(value.GetBoolean()) : null);
        Add(rules, "required", value => Names(value) is { } names ? new RequiredRule(names) : null);
        AddLimits(rules);
        AddProperties(rules);
    }

    private void AddLimits(List<IJsonRule> rules)
    {
        Add(rules, "minLength", value => Count(value) is { } least ? new LengthRule(least, int.MaxValue) : null);
        Add(rules, "maxLength", value => Count(value) is { } most ? new LengthRule(0, most) : null);
        Add(rules, "minItems", value => Count(value) is { } least ? new ItemCountRule(least, int.MaxValue) : null);
        Add(rules, "maxItems", value => Count(value) is { } most ? new ItemCountRule(0, most) : null);
        Add(rules, "minProperties", value => Count(value) is { } least ? new MemberCountRule(least, int.MaxValue) : null);
        Add(rules, "maxProperties", value => Count(value) is { } most ? new MemberCountRule(0, most) : null);
        foreach (var name in (string[])["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
        {
            Add(rules, name, value => Number(value) is { } limit ? new LimitRule(name, limit) : null);
        }
    }

    private void AddProperties(List<IJsonRule> rules)
    {
        var properties = new Dictionary<string, JsonSchemaNode>(StringComparer.Ordinal);
        if (schema.TryGetProperty("properties", out var declared))
        {
            if (declared.ValueKind != JsonValueKind.Object)
            {
                Wrong("properties");
                return;
            }

            foreach (var member in declared.EnumerateObject())
            {
                properties[member.Name] = reader.Read(
                    member.Value, $"{At("properties")}/{JsonPointer.Escape(member.Name)}", depth + 1);
            }
        }

        var others = schema.TryGetProperty("additionalProperties", out var additional) ? Schema("additionalProperties", additional) : null;
        if (properties.Count > 0 || others is not null)
        {
            rules.Add(new PropertiesRule(properties, others));
        }
    }

    private void Add(List<IJsonRule> rules, string keyword, Func<JsonElement, IJsonRule?> read, bool isTold = false)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return;
        }

        var before = reader.Problems.Count;
        if (read(value) is { } rule)
        {
            rules.Add(rule);
        }
        else if (!isTold || reader.Problems.Count == before)
        {
            Wrong(keyword);
        }
    }

    private void Wrong(string keyword) =>
        reader.Refuse(At(keyword), $"The value of '{keyword}' has the wrong shape.", "Give what JSON Schema 2020-12 asks for.");

    private string At(string keyword) => $"{pointer}/{keyword}";

    private JsonSchemaNode Schema(string keyword, JsonElement value) => reader.Read(value, At(keyword), depth + 1);

    private List<JsonSchemaNode>? Schemas(string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? [.. value.EnumerateArray().Select((one, index) => reader.Read(one, $"{At(keyword)}/{index}", depth + 1))]
            : null;

    private static List<string>? ReadTypes(JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.String ? [value.GetString()!] : Names(value);
        return names is { Count: > 0 } && names.All(Types.Contains) ? names : null;
    }

    private static List<string>? Names(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    private static int? Count(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : null;

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    // Linear in the length of the text, whatever the pattern: a schema comes from a caller.
    private Regex? Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            reader.Refuse(At("pattern"), "The pattern cannot be used: it does not parse, looks ahead or behind, or refers back.", "Write it without these.");
            return null;
        }
    }
}
