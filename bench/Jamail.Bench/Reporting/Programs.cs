using System.ComponentModel;
using System.Diagnostics;

namespace Jamail.Bench;

internal static class Programs
{
    /// <summary>What a program prints; empty when there is no such program or it fails.</summary>
    public static async Task<string> OutputAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            _ = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output.Trim() : "";
        }
        catch (Win32Exception)
        {
            return "";
        }
    }
}
