using System.Diagnostics;

namespace Jamail.TestSupport;

/// <summary>
/// Kills the child processes of a test run and removes their folders when the run ends, however it ends: a shell
/// waits for the end of its standard input, which the system closes with this process.
/// </summary>
internal static class ChildReaper
{
    private const string Script =
        """
        list=$(mktemp); trap '' INT TERM HUP
        while read -r action pid folder; do
          if [ "$action" = add ]; then echo "$pid $folder" >> "$list"; else
            grep -v "^$pid " "$list" > "$list.new"; mv "$list.new" "$list"; fi
        done
        while read -r pid folder; do kill -9 "$pid" 2>/dev/null; done < "$list"
        sleep 0.2
        while read -r pid folder; do case "$folder" in */jamail-*) rm -rf "$folder";; esac; done < "$list"
        rm -f "$list" "$list.new"
        """;

    private static readonly Lazy<Process> Shell = new(Start);

    public static void Add(int processId, string folder = "") => Tell($"add {processId} {folder}");

    public static void Remove(int processId) => Tell($"remove {processId}");

    private static void Tell(string line)
    {
        lock (Shell)
        {
            Shell.Value.StandardInput.WriteLine(line);
            Shell.Value.StandardInput.Flush();
        }
    }

    private static Process Start() =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true })!;
}
