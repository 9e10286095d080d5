using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>JSON as the packed arguments of BullMQ's scripts.</summary>
internal static class PackedJson
{
    public static byte[] Pack(JsonElement json)
    {
        var writer = new MsgPackWriter(256);
        Write(writer, json);
        return writer.ToArray();
    }

    private static void Write(MsgPackWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.Map(json.GetPropertyCount());
                foreach (var member in json.EnumerateObject())
                {
                    writer.Text(member.Name);
                    Write(writer, member.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.List(json.GetArrayLength());
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                break;
            case JsonValueKind.String:
                writer.Text(json.GetString());
                break;
            case JsonValueKind.Number when json.TryGetInt64(out var whole):
                writer.Number(whole);
                break;
            case JsonValueKind.Number:
                writer.Number(json.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Bool(json.ValueKind == JsonValueKind.True);
                break;
            default:
                writer.Nil();
                break;
        }
    }
}
