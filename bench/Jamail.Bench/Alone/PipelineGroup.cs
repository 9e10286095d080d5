using System.Buffers;
using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>Commands that are sent together.</summary>
internal sealed class PipelineGroup
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Commands { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public PipelineGroup Add(WireCommand command)
    {
        _bytes.Write(command.ToBytes().Span);
        command.Release();
        Commands++;
        return this;
    }

    public void Add(params IEnumerable<string> words)
    {
        var command = new WireCommand();
        foreach (var word in words)
        {
            command.Add(word);
        }

        Add(command);
    }
}
