using System.Text.Json;

namespace Jamail.Webhooks.Bench;

/// <summary>What a side is to do: publish so many events to one endpoint and deliver them, every row kept.</summary>
internal sealed record SideSpec(string RedisHost, int RedisPort, string Database, string Url, int Events, int Publishers, int Concurrency)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static SideSpec FromJson(string text) => JsonSerializer.Deserialize<SideSpec>(text, Json)!;
}
