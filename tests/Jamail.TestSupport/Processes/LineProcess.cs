using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Jamail.TestSupport;

/// <summary>
/// A child that speaks one JSON object per line on its standard output, and reads the same on its standard input. Other lines are
/// kept for failure messages.
/// </summary>
public class LineProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly Channel<JsonElement> messages = Channel.CreateUnbounded<JsonElement>();
    private readonly Task reading;
    private readonly SemaphoreSlim writing = new(1, 1);

    protected LineProcess(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        ChildReaper.Add(process.Id);
        process.BeginErrorReadLine();
        reading = Task.Run(ReadAsync);
    }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What the process printed so far, for failure messages and for looking into a log.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>The next message, whatever it is.</summary>
    public async Task<JsonElement> ReadMessageAsync(TimeSpan? within = null)
    {
        using var bound = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(60));
        try
        {
            return await messages.Reader.ReadAsync(bound.Token);
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            var state = process.HasExited ? $"ended with {process.ExitCode}" : "is still running";
            throw new InvalidOperationException($"No further message from a child that {state}. It printed:\n{Output}", exception);
        }
    }

    /// <summary>The next message whose "type" is <paramref name="type"/>; others before it are dropped, and "error" is an exception.</summary>
    public async Task<JsonElement> ReadAsync(string type, TimeSpan? within = null)
    {
        while (true)
        {
            var message = await ReadMessageAsync(within);
            var actual = message.TryGetProperty("type", out var value) ? value.GetString() : null;
            if (actual == type)
            {
                return message;
            }

            if (actual == "error")
            {
                throw new InvalidOperationException($"The child reports an error: {message.GetRawText()}\n{Output}");
            }
        }
    }

    public async Task SendAsync(object message)
    {
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(message, JsonSerializerOptions.Web));
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>kill -9: no handler of the child runs.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        await reading;
    }

    /// <summary>SIGINT, as Ctrl-C sends it; the exit code once the child has ended.</summary>
    public async Task<int> InterruptAsync(TimeSpan? within = null)
    {
        if (!process.HasExited)
        {
            Signals.Interrupt(process);
        }

        return await WaitForExitAsync(within);
    }

    /// <summary>SIGTERM, as a service manager sends it; the exit code once the child has ended.</summary>
    public async Task<int> TerminateAsync(TimeSpan? within = null)
    {
        if (!process.HasExited)
        {
            Signals.Terminate(process);
        }

        return await WaitForExitAsync(within);
    }

    public void Pause() => Signals.Stop(process);

    public void Resume() => Signals.Continue(process);

    public async Task<int> WaitForExitAsync(TimeSpan? within = null)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(within ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The child still runs. It printed:\n{Output}", exception);
        }

        await reading;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        ChildReaper.Remove(process.Id);
        process.Dispose();
        writing.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Enqueue(line);
            if (line.StartsWith('{') && TryParse(line) is { } message)
            {
                messages.Writer.TryWrite(message);
            }
        }

        messages.Writer.TryComplete();
    }

    private static JsonElement? TryParse(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
