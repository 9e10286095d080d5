using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jamail.Webhooks;

/// <summary>What a task was asked for.</summary>
internal sealed record TaskArguments
{
    public required long Since { get; init; }

    public required long Until { get; init; }

    /// <summary>As <see cref="EventFilter"/> has them.</summary>
    public required string EventTypes { get; init; }

    public required int[] Statuses { get; init; }

    public int? MaxPerSecond { get; init; }

    public string ToColumn() => JsonSerializer.Serialize(this, TaskJson.Default.TaskArguments);

    public static TaskArguments Parse(string column) => JsonSerializer.Deserialize(column, TaskJson.Default.TaskArguments)!;
}

[JsonSerializable(typeof(TaskArguments))]
internal sealed partial class TaskJson : JsonSerializerContext;
