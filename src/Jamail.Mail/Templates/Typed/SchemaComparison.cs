using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jamail.Mail;

/// <summary>Where the members of a type and the schema of a template differ.</summary>
internal static class SchemaComparison
{
    public static IEnumerable<string> Differences(JsonElement schema, ModelSample sample) => Compare(schema, sample.Value, "", sample);

    private static IEnumerable<string> Compare(JsonElement schema, JsonNode? value, string path, ModelSample sample)
    {
        if (schema.ValueKind != JsonValueKind.Object || value is null || sample.MayHave(path.Length == 0 ? "$" : path))
        {
            yield break;
        }

        if (schema.TryGetProperty("type", out var type) && !Names(type).Any(name => Fits(name, value)))
        {
            yield return $"'{path}' is to be {string.Join(" or ", Names(type))}";
        }

        if (value is JsonArray { Count: > 0 } list && schema.TryGetProperty("items", out var items))
        {
            foreach (var difference in Compare(items, list[0], $"{path}[]", sample))
            {
                yield return difference;
            }
        }

        if (value is not JsonObject members)
        {
            yield break;
        }

        foreach (var name in schema.TryGetProperty("required", out var required) ? Names(required) : [])
        {
            if (!members.ContainsKey(name))
            {
                yield return $"'{Below(path, name)}' is required";
            }
        }

        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
        {
            foreach (var (name, _) in members.Where(member => !known || !properties.TryGetProperty(member.Key, out _)))
            {
                yield return $"'{Below(path, name)}' is not allowed";
            }
        }

        foreach (var property in known ? properties.EnumerateObject() : default)
        {
            foreach (var difference in Compare(property.Value, members[property.Name], Below(path, property.Name), sample))
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<string> Names(JsonElement names) => names.ValueKind switch
    {
        JsonValueKind.String => [names.GetString()!], // It is a string.
        JsonValueKind.Array => names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!),
        _ => [],
    };

    private static bool Fits(string type, JsonNode value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value.GetValueKind() == JsonValueKind.String,
        "number" or "integer" => value.GetValueKind() == JsonValueKind.Number,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
