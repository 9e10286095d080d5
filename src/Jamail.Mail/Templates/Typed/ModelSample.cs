using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Jamail.Mail;

/// <summary>
/// A value of a type with every member it can have, so that a template shows which ones it misses. Whose members cannot be known, as those of
/// a dictionary, is noted.
/// </summary>
internal sealed class ModelSample
{
    private const int Deepest = 8;

    private readonly List<string> _open = [];

    public ModelSample(JsonTypeInfo type) => Value = Of(type, "", Deepest);

    public JsonNode Value { get; }

    /// <summary>Whether a path may be there although the sample has none.</summary>
    public bool MayHave(string path) => _open.Any(open =>
        open.Length == 0 || path == open || path.StartsWith(open + ".", StringComparison.Ordinal) || path.StartsWith(open + "[", StringComparison.Ordinal));

    private JsonNode Of(JsonTypeInfo type, string path, int left)
    {
        if (left > 0 && type.Kind == JsonTypeInfoKind.Object)
        {
            var members = type.Properties.Where(property => property.Get is not null);
            return new JsonObject(members.Select(property => KeyValuePair.Create<string, JsonNode?>(
                property.Name,
                Of(type.Options.GetTypeInfo(property.PropertyType), path.Length == 0 ? property.Name : $"{path}.{property.Name}", left - 1))));
        }

        if (left > 0 && type.Kind == JsonTypeInfoKind.Enumerable && ElementOf(type.Type) is { } element)
        {
            return new JsonArray(Of(type.Options.GetTypeInfo(element), $"{path}[]", left - 1));
        }

        return Type.GetTypeCode(Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
        {
            TypeCode.Boolean => JsonValue.Create(true),
            TypeCode.String or TypeCode.Char or TypeCode.DateTime => JsonValue.Create("text"),
            >= TypeCode.SByte and <= TypeCode.Decimal when !type.Type.IsEnum => JsonValue.Create(1),
            _ => Open(path),
        };
    }

    private JsonValue Open(string path)
    {
        _open.Add(path);
        return JsonValue.Create("text");
    }

    private static Type? ElementOf(Type type) =>
        type.GetElementType() ?? type.GetInterfaces().Append(type)
            .FirstOrDefault(shape => shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}
