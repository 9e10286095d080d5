using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>A trace's context as W3C headers in a JSON object.</summary>
internal static class TraceContext
{
    public static string Json(string traceParent, string? traceState)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("traceparent"u8, traceParent);
            if (!string.IsNullOrEmpty(traceState))
            {
                writer.WriteString("tracestate"u8, traceState);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The context; default when what is carried is something else.</summary>
    public static ActivityContext Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var headers = document.RootElement;
            return headers.ValueKind == JsonValueKind.Object
                && Text(headers, "traceparent") is { } parent
                && ActivityContext.TryParse(parent, Text(headers, "tracestate"), isRemote: true, out var context)
                ? context
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement headers, string name) =>
        headers.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
