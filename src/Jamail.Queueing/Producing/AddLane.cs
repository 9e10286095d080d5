namespace Jamail.Queueing;

/// <summary>The jobs of one caller, in order; all single adds share one.</summary>
internal sealed class AddLane
{
    public Queue<AddEntry> Entries { get; } = new();
}
