using System.Text.Json;

namespace Jamail.Mail;

/// <summary>Which variables of a template its schema does not know.</summary>
internal static class SchemaPaths
{
    // Where one of these stands, the members are not to be told from "properties" alone.
    private static readonly string[] Open = ["$ref", "allOf", "anyOf", "oneOf", "if", "patternProperties"];

    public static IEnumerable<TemplateFinding> Unknown(string schema, IEnumerable<string> paths)
    {
        using var document = JsonDocument.Parse(schema);
        var root = document.RootElement.Clone();
        return paths.Where(path => !MayKnow(root, path)).Select(path => new TemplateFinding(
            false, "schema", $"It does not know the variable '{path}', so an e-mail without it passes the schema. Add it, or correct the template."));
    }

    private static bool MayKnow(JsonElement schema, string path)
    {
        foreach (var segment in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = segment.TrimEnd('[', ']');
            if (IsOpen(schema))
            {
                return true;
            }

            if (name.Length > 0 && !schema.GetProperty("properties").TryGetProperty(name, out schema))
            {
                return false;
            }

            for (var depth = (segment.Length - name.Length) / 2; depth > 0; depth--)
            {
                if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("items", out schema))
                {
                    return true;
                }
            }
        }

        return true;
    }

    private static bool IsOpen(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object
        || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object
        || Open.Any(keyword => schema.TryGetProperty(keyword, out _))
        || (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object);
}
