using System.Diagnostics;

namespace Jamail.TestSupport;

/// <summary>A server run as a child: its output is kept for failure messages, and it never outlives the test run.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Queue<string> output = new();

    public ServerProcess(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        ChildReaper.Add(process.Id, folder);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public string Output
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>Waits until <paramref name="ready"/> succeeds; false when the process ended before that.</summary>
    public async Task<bool> WaitUntilReadyAsync(Func<Task> ready, TimeSpan bound)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (process.HasExited)
                {
                    return false;
                }

                await ready();
                return true;
            }
            catch (Exception exception) when (watch.Elapsed < bound)
            {
                _ = exception;
                await Task.Delay(20);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"'{process.StartInfo.FileName}' did not become ready in {bound}:\n{Output}", exception);
            }
        }
    }

    public void Pause() => Signals.Stop(process);

    public void Resume() => Signals.Continue(process);

    /// <summary>Asks the process to end and waits for it; kills it after 30 s.</summary>
    public async Task EndAsync(Action<Process> signal)
    {
        if (!process.HasExited)
        {
            signal(process);
        }

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        ChildReaper.Remove(process.Id);
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            if (line.Data is not null)
            {
                output.Enqueue(line.Data);
            }

            if (output.Count > 200)
            {
                output.Dequeue();
            }
        }
    }
}
