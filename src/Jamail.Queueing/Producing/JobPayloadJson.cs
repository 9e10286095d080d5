using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jamail.Queueing;

/// <summary>Payloads, results and progress as the JSON that is stored.</summary>
internal static class JobPayloadJson
{
    /// <summary>Web defaults, with the few escapes that JSON.stringify writes: the text goes to Redis, not into a page.</summary>
    public static readonly JsonSerializerOptions Options = MakeOptions();

    private static readonly byte[] Null = "null"u8.ToArray();

    public static byte[] Encode<TPayload>(TPayload payload) =>
        payload is RawJson raw ? EncodeRaw(raw) : JsonSerializer.SerializeToUtf8Bytes(payload, Options);

    public static byte[] Encode(object? payload, Type type) =>
        payload is RawJson raw ? EncodeRaw(raw) : JsonSerializer.SerializeToUtf8Bytes(payload, type, Options);

    public static byte[] EncodeResult(object? result) => result switch
    {
        null => Null,
        RawJson raw => EncodeRaw(raw),
        _ => JsonSerializer.SerializeToUtf8Bytes(result, result.GetType(), Options),
    };

    private static byte[] EncodeRaw(RawJson raw)
    {
        var bytes = raw.Utf8.ToArray();
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            reader.Skip();
            if (!reader.Read())
            {
                return bytes;
            }
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(
                $"The RawJson payload is not JSON (line {exception.LineNumber}, byte {exception.BytePositionInLine}); " +
                "give one JSON value in UTF-8 without a byte order mark.",
                nameof(raw));
        }

        throw new ArgumentException("The RawJson payload holds more than one JSON value; give exactly one.", nameof(raw));
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
