using System.Text.Json;

namespace Jamail.Webhooks.Bench;

/// <summary>What a side is told to do next.</summary>
/// <param name="Events">How many events to publish; 0: stop.</param>
/// <param name="PerSecond">At which rate; 0: as fast as the publishers can.</param>
internal sealed record SideOrder(int Events, int PerSecond)
{
    /// <summary>To tell what the library counted since the last order.</summary>
    public static SideOrder Count { get; } = new(-1, 0);

    public static async Task<SideOrder> ReadAsync() =>
        await Console.In.ReadLineAsync() is { } line
            ? JsonSerializer.Deserialize<SideOrder>(line, JsonSerializerOptions.Web)!
            : new SideOrder(0, 0);
}
