using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>The variables of a template, which are an object or nothing.</summary>
internal static class Variables
{
    public static JsonElement? Check(JsonElement? variables, RequiredFields fields, string field = "variables")
    {
        if (variables is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) } other)
        {
            fields.Add(field, $"It is a JSON {other.ValueKind.ToString().ToLowerInvariant()} and must be an object.",
                "Send an object, as in {\"name\": \"Anna\"}.");
        }

        return variables is { ValueKind: JsonValueKind.Object } ? variables : null;
    }
}
