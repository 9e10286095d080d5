namespace Jamail.Queueing;

/// <summary>A command whose reply is a text or a number.</summary>
internal sealed class WireTextCall : WireCall<string?>
{
    public static WireTextCall Of(params ReadOnlySpan<string> words)
    {
        var command = new WireCommand();
        foreach (var word in words)
        {
            command.Add(word);
        }

        return new WireTextCall { Command = command };
    }

    protected override string? Read(ref WireReader reader) => reader.Text();
}
