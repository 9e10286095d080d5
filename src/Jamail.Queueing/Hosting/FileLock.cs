using System.Globalization;

namespace Jamail.Queueing;

/// <summary>A lock between processes. The system releases it when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock together with others.</summary>
    /// <returns>Dispose to release; <see langword="null"/> when somebody has it alone.</returns>
    public static IDisposable? TryShared(string path)
    {
        try
        {
            using (File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
            }

            return File.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock alone.</summary>
    /// <returns>Dispose to release; <see langword="null"/> when somebody has it.</returns>
    public static IDisposable? TryExclusive(string path)
    {
        try
        {
            var stream = File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.SetLength(0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            stream.Flush();
            return stream;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock alone, waiting for it.</summary>
    /// <exception cref="TimeoutException">Somebody has had it all the time; the message says who.</exception>
    public static async Task<IDisposable> ExclusiveAsync(
        string path,
        TimeSpan limit,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            if (TryExclusive(path) is { } held)
            {
                return held;
            }

            if (clock.GetElapsedTime(start) > limit)
            {
                throw new TimeoutException(
                    $"The folder '{Path.GetDirectoryName(path)}' has been locked by process {Holder(path)} for {limit.TotalSeconds:0} s; " +
                    "end that process, or give this host another folder with Jamail:DataDirectory.");
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Holder(string path)
    {
        try
        {
            using var stream = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
