using System.Text.Json;

namespace Jamail.Mail;

/// <summary>Small lists and maps as they stand in a column; nothing is null.</summary>
internal static class StoredJson
{
    public static string? Of(IReadOnlyList<string> list) => list.Count == 0 ? null : JsonSerializer.Serialize(list);

    public static string? Of(IReadOnlyDictionary<string, string> map) => map.Count == 0 ? null : JsonSerializer.Serialize(map);

    public static IReadOnlyList<string> List(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<List<string>>(json) ?? [];

    public static IReadOnlyDictionary<string, string> Map(string? json) =>
        json is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
