using System.Diagnostics;

namespace Jamail.TestSupport;

/// <summary>Programs of the machine that tests need.</summary>
internal static class Tools
{
    /// <summary>Full path of a program: on the PATH, or in one of the further folders.</summary>
    public static string Find(string program, string install, params IEnumerable<string> furtherFolders)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(furtherFolders).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The tests need '{program}', which is not on the PATH. eng/test.sh installs it ({install}).");
    }

    /// <summary>Runs a program to its end; a code other than 0 is an exception with everything it printed.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string? folder = null, TimeSpan? within = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        ChildReaper.Add(process.Id);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            using var bound = new CancellationTokenSource(within ?? TimeSpan.FromMinutes(2));
            await process.WaitForExitAsync(bound.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException(
                    $"'{program} {string.Join(' ', start.ArgumentList)}' ended with {process.ExitCode}:\n{await output}\n{await error}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            ChildReaper.Remove(process.Id);
        }
    }
}
