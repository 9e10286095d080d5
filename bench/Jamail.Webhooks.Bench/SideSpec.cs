using System.Text.Json;

namespace Jamail.Webhooks.Bench;

/// <summary>What a child process is: one of the hosts that deliver, and the one that publishes. The same text for both sides.</summary>
internal sealed record SideSpec
{
    public required string RedisHost { get; init; }

    public required int RedisPort { get; init; }

    public required string Database { get; init; }

    public required string Url { get; init; }

    /// <summary>Whether it is the first host of its run: it makes the tables and the endpoint, and publishes.</summary>
    public bool Publishes { get; init; } = true;

    /// <summary>Whether to listen to spans too, which costs time of its own.</summary>
    public bool Spans { get; init; }

    /// <summary>How many callers publish at the same time.</summary>
    public int Publishers { get; init; } = 50;

    /// <summary>How many deliveries are under way at the same time.</summary>
    public int Concurrency { get; init; } = 50;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static SideSpec FromJson(string text) => JsonSerializer.Deserialize<SideSpec>(text, JsonSerializerOptions.Web)!;
}
