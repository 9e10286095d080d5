using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>Turns a schema into rules, and says what is wrong with it.</summary>
internal sealed class JsonSchemaReader(JsonElement root, string field)
{
    private const int MaxDepth = 64;

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "example",
        "deprecated", "readOnly", "writeOnly",
    };

    private readonly Dictionary<string, JsonSchemaNode> _nodes = new(StringComparer.Ordinal);

    public List<InputProblem> Problems { get; } = [];

    public JsonSchemaNode Read() => Read(root, "", 0);

    public void Refuse(string pointer, string rule, string fix) => Problems.Add(new InputProblem(field + pointer, rule, fix));

    /// <summary>The part of the schema at a pointer; read once, however often it is referred to.</summary>
    public JsonSchemaNode Read(JsonElement schema, string pointer, int depth)
    {
        if (_nodes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var node = new JsonSchemaNode();
        _nodes.Add(pointer, node);
        if (depth > MaxDepth)
        {
            Refuse(pointer, $"The schema is nested deeper than {MaxDepth} levels.", "Use fewer levels.");
        }
        else if (schema.ValueKind == JsonValueKind.False)
        {
            node.Rules.Add(new NothingRule());
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            new JsonKeywords(this, schema, pointer, depth).AddTo(node);
            RefuseUnknown(schema, pointer);
        }
        else if (schema.ValueKind != JsonValueKind.True)
        {
            Refuse(pointer, "A schema is an object, true or false.", "Give an object, as in {\"type\": \"string\"}.");
        }

        return node;
    }

    /// <summary>Finds what <c>$ref</c> names: <c>#</c> or a pointer within the schema.</summary>
    public JsonSchemaNode? Resolve(string reference, string pointer, int depth)
    {
        var target = root;
        if (reference is not "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            Refuse(pointer, $"'{reference}' leads out of the schema, and only what the schema holds is looked at.", "Refer to '#/$defs/name'.");
            return null;
        }

        foreach (var segment in reference[1..].Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            if (!TryStep(target, segment, out target))
            {
                Refuse(pointer, $"There is nothing at '{reference}'.", "Refer to a part that the schema has, as in '#/$defs/name'.");
                return null;
            }
        }

        return Read(target, reference[1..], depth);
    }

    private void RefuseUnknown(JsonElement schema, string pointer)
    {
        foreach (var member in schema.EnumerateObject())
        {
            if (!Annotations.Contains(member.Name) && !JsonKeywords.Known.Contains(member.Name))
            {
                Refuse(
                    $"{pointer}/{JsonPointer.Escape(member.Name)}",
                    $"'{member.Name}' is no keyword that is understood here, so it would not be enforced.",
                    $"Leave it out; understood are {string.Join(", ", JsonKeywords.Known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private static bool TryStep(JsonElement from, string segment, out JsonElement to)
    {
        to = default;
        return from.ValueKind switch
        {
            JsonValueKind.Object => from.TryGetProperty(segment, out to),
            JsonValueKind.Array when int.TryParse(segment, out var index) && index >= 0 && index < from.GetArrayLength() =>
                (to = from[index]).ValueKind != JsonValueKind.Undefined,
            _ => false,
        };
    }
}
