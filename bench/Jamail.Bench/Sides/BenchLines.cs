using System.Text.Json;

namespace Jamail.Bench;

/// <summary>The child's end of the conversation: one JSON object a line, both ways.</summary>
internal static class BenchLines
{
    public static void Say(object message)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(message, JsonSerializerOptions.Web));
        Console.Out.Flush();
    }

    public static async Task NextAsync()
    {
        if (await Task.Run(Console.In.ReadLine) is null)
        {
            throw new EndOfStreamException("The bench closed the input.");
        }
    }

    public static long CpuMicros() => (long)Environment.CpuUsage.TotalTime.TotalMicroseconds;
}
