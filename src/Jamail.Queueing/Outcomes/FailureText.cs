using System.Buffers;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>Failures as BullMQ stores them: the reason as raw text, stack traces as a JSON array, oldest first.</summary>
internal static class FailureText
{
    private const int MaxReason = 16 * 1024;
    private const int MaxTrace = 32 * 1024;

    public static string Reason(Exception exception) =>
        Cut(exception.Message.Length == 0 ? exception.GetType().Name : exception.Message, MaxReason);

    public static string Reason(string reason) => Cut(reason, MaxReason);

    /// <param name="storedJson">What is stored so far; null for nothing.</param>
    /// <param name="trace">The newest.</param>
    /// <param name="limit">How many stay, newest last; null for all.</param>
    public static string WithTrace(string? storedJson, string trace, int? limit)
    {
        if (limit is <= 0)
        {
            return "[]";
        }

        List<string> traces = [.. Traces(storedJson), Cut(trace, MaxTrace)];
        var from = limit is { } most ? Math.Max(0, traces.Count - most) : 0;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JobPayloadJson.Options.Encoder }))
        {
            writer.WriteStartArray();
            for (var index = from; index < traces.Count; index++)
            {
                writer.WriteStringValue(traces[index]);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The stored traces; empty when what is stored is no list of texts.</summary>
    public static IReadOnlyList<string> Traces(string? storedJson)
    {
        if (string.IsNullOrEmpty(storedJson))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(storedJson);
            return document.RootElement.ValueKind != JsonValueKind.Array
                ? []
                : [.. document.RootElement.EnumerateArray().Select(
                    item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Not through the middle of a surrogate pair, which UTF-8 could not carry.
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
