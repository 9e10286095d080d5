using System.Diagnostics;

namespace ReferenceHost.Tests.Support;

/// <summary>A program run to its end.</summary>
internal static class Command
{
    /// <returns>What it wrote to its standard output; a code other than 0 fails with everything it wrote.</returns>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(
            process.ExitCode == 0,
            $"'{program} {string.Join(' ', start.ArgumentList)}' ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }
}
