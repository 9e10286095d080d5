using System.Text.Json;

namespace Jamail.Webhooks;

/// <summary>Headers as an attempt's row keeps them: a JSON object, bounded, without what proves who somebody is.</summary>
internal static class HeaderText
{
    private const int MostValue = 1024;
    private const int MostHeaders = 60;

    public static string Of(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers.Take(MostHeaders))
        {
            shown[name.ToLowerInvariant()] = HeaderNames.IsSensitive(name) ? "***"
                : (value.Length > MostValue ? value[..MostValue] + "…" : value).Replace("\0", "", StringComparison.Ordinal);
        }

        return JsonSerializer.Serialize(shown, WebhooksJson.Default.DictionaryStringString);
    }

    public static string Of(HttpResponseMessage response) =>
        Of(response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Select(header => new KeyValuePair<string, string>(header.Key, header.Value.ToString())));

    public static IReadOnlyDictionary<string, string> Read(string? column) => column is null
        ? new Dictionary<string, string>()
        : JsonSerializer.Deserialize(column, WebhooksJson.Default.DictionaryStringString)!;
}
