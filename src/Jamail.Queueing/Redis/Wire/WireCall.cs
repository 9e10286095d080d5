namespace Jamail.Queueing;

/// <summary>A command on its way, and who waits for its reply.</summary>
internal abstract class WireCall
{
    /// <summary>What is sent.</summary>
    public required WireCommand Command { get; init; }

    public abstract void Answer(ReadOnlySpan<byte> reply);

    public abstract void Fail(Exception exception);
}

/// <summary>
/// A command with a reply of this type. What waits for it goes on in the thread that reads replies, so it must never block or
/// run code of the host.
/// </summary>
internal abstract class WireCall<TReply> : WireCall
{
    private TaskCompletionSource<TReply> _done = new();

    public Task<TReply> Task => _done.Task;

    /// <summary>Before it is sent again.</summary>
    public void Restart() => _done = new();

    public sealed override void Answer(ReadOnlySpan<byte> reply)
    {
        TReply result;
        try
        {
            var reader = new WireReader(reply);
            result = reader.IsError ? throw new WireErrorException(reader.Line()) : Read(ref reader);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        _done.TrySetResult(result);
    }

    public sealed override void Fail(Exception exception)
    {
        _done.TrySetException(exception);

        // Nobody may wait any more.
        _ = _done.Task.Exception;
    }

    protected abstract TReply Read(ref WireReader reader);
}
