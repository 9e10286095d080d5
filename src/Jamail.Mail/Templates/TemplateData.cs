using System.Text.Json;

namespace Jamail.Mail;

/// <summary>Copies JSON into the only types the engine ever sees: no object of the host's can get in.</summary>
internal static class TemplateData
{
    public static TemplateMap Copy(JsonElement variables, TemplateBudget budget) => variables.ValueKind switch
    {
        JsonValueKind.Object => CopyMap(variables, budget),
        JsonValueKind.Undefined or JsonValueKind.Null => new TemplateMap([], budget),
        var kind => throw new TemplateLimitException($"The variables are a JSON {kind.ToString().ToLowerInvariant()}; they must be a JSON object."),
    };

    private static TemplateMap CopyMap(JsonElement element, TemplateBudget budget)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = CopyValue(member.Value, budget);
        }

        return new TemplateMap(members, budget);
    }

    private static object? CopyValue(JsonElement element, TemplateBudget budget) => element.ValueKind switch
    {
        JsonValueKind.Object => CopyMap(element, budget),
        JsonValueKind.Array => new TemplateList([.. element.EnumerateArray().Select(item => CopyValue(item, budget))], budget),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        _ => null,
    };
}
