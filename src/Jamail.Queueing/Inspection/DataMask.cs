using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>Replaces the values of members by <c>***</c>, at any depth.</summary>
internal sealed class DataMask(IReadOnlySet<string> members)
{
    private const string Masked = "***";

    public string Apply(ReadOnlyMemory<byte> json)
    {
        if (members.Count == 0)
        {
            return Encoding.UTF8.GetString(json.Span);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var buffer = new ArrayBufferWriter<byte>(json.Length + 16);
            using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JobPayloadJson.Options.Encoder }))
            {
                Write(writer, document.RootElement);
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            // What cannot be read cannot be searched for secrets.
            return $"\"{Masked}\"";
        }
    }

    public string? Apply(string? json) => json is null || members.Count == 0 ? json : Apply(Encoding.UTF8.GetBytes(json));

    private void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (members.Contains(member.Name))
                    {
                        writer.WriteStringValue(Masked);
                    }
                    else
                    {
                        Write(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
