using System.Text.Json;

namespace Jamail.Webhooks;

/// <summary>Columns that hold a JSON array of texts; null for none.</summary>
internal static class TextList
{
    public static string? ToColumn(IReadOnlyList<string>? texts) =>
        texts is { Count: > 0 } ? JsonSerializer.Serialize([.. texts], WebhooksJson.Default.StringArray) : null;

    public static IReadOnlyList<string>? Parse(string? column) =>
        column is null ? null : JsonSerializer.Deserialize(column, WebhooksJson.Default.StringArray);
}
