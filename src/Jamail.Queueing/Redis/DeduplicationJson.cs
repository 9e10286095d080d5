using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>A deduplication as BullMQ stores it.</summary>
internal static class DeduplicationJson
{
    public static void Write(Utf8JsonWriter writer, Deduplication deduplication)
    {
        writer.WriteStartObject("de"u8);
        writer.WriteString("id"u8, deduplication.Id);
        if (deduplication.Window is { } window)
        {
            writer.WriteNumber("ttl"u8, (long)window.TotalMilliseconds);
        }

        WriteFlag(writer, "extend"u8, deduplication.ExtendWindow);
        WriteFlag(writer, "replace"u8, deduplication.WhileDelayed == DuplicateEffect.Replace);
        WriteFlag(writer, "reschedule"u8, deduplication.WhileDelayed == DuplicateEffect.Reschedule);
        WriteFlag(writer, "keepLastIfActive"u8, deduplication.KeepLatestWhileActive);
        writer.WriteEndObject();
    }

    private static void WriteFlag(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }
}
