using System.Text.Json;

namespace Jamail.Mail.Scriban;

/// <summary>Copies JSON into the only types a template ever sees: no object of the host's can get in.</summary>
internal static class ScribanData
{
    public static DataObject Root(JsonElement variables, MissingPaths missing, TemplateBudget budget) => variables.ValueKind switch
    {
        JsonValueKind.Object => Copy(variables, "", missing, budget),
        JsonValueKind.Undefined or JsonValueKind.Null => new DataObject("", missing, budget),
        var kind => throw new TemplateLimitException($"The variables are a JSON {kind.ToString().ToLowerInvariant()}; they must be a JSON object."),
    };

    private static DataObject Copy(JsonElement element, string path, MissingPaths missing, TemplateBudget budget)
    {
        var data = new DataObject(path, missing, budget);
        foreach (var member in element.EnumerateObject())
        {
            data.SetValue(member.Name, Value(member.Value, TemplatePaths.Join(path, member.Name), missing, budget), readOnly: true);
        }

        return data;
    }

    private static object? Value(JsonElement element, string path, MissingPaths missing, TemplateBudget budget) => element.ValueKind switch
    {
        JsonValueKind.Object => Copy(element, path, missing, budget),
        JsonValueKind.Array => new DataArray(path, element.EnumerateArray().Select(item => Value(item, path + "[]", missing, budget))),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        _ => null,
    };
}
