using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jamail.Mail;

/// <summary>From the variables of a template to a JSON Schema of them.</summary>
internal sealed class InferredSchema
{
    private readonly SortedDictionary<string, InferredSchema> _members = new(StringComparer.Ordinal);
    private InferredSchema? _items;
    private bool _isNeeded;

    /// <param name="paths">All variables.</param>
    /// <param name="needed">Those without which nothing is rendered.</param>
    public static JsonElement Of(IEnumerable<string> paths, IReadOnlySet<string> needed)
    {
        var root = new InferredSchema();
        foreach (var path in paths)
        {
            root.Add(path, needed.Contains(path));
        }

        return JsonSerializer.SerializeToElement(root.Write(isObject: true));
    }

    private void Add(string path, bool isNeeded)
    {
        var at = this;
        foreach (var segment in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = segment.TrimEnd('[', ']');
            if (name.Length > 0)
            {
                at._members.TryAdd(name, new InferredSchema());
                at = at._members[name];
                at._isNeeded |= isNeeded;
            }

            for (var depth = (segment.Length - name.Length) / 2; depth > 0; depth--)
            {
                at = at._items ??= new InferredSchema();
            }
        }
    }

    private JsonObject Write(bool isObject)
    {
        if (_items is not null)
        {
            return new JsonObject { ["type"] = "array", ["items"] = _items.Write(isObject: false) };
        }

        if (_members.Count == 0 && !isObject)
        {
            return [];
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(_members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, member.Value.Write(isObject: false)))),
        };
        var needed = _members.Where(member => member.Value._isNeeded).Select(member => (JsonNode?)member.Key).ToArray();
        if (needed.Length > 0)
        {
            schema["required"] = new JsonArray(needed);
        }

        return schema;
    }
}
