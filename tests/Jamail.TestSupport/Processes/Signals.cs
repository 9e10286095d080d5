using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Jamail.TestSupport;

/// <summary>POSIX signals for child processes; their numbers differ between Linux and macOS.</summary>
public static class Signals
{
    public static void Stop(Process process) => Send(process, OperatingSystem.IsMacOS() ? 17 : 19);

    public static void Continue(Process process) => Send(process, OperatingSystem.IsMacOS() ? 19 : 18);

    public static void Interrupt(Process process) => Send(process, 2);

    public static void Quit(Process process) => Send(process, 3);

    public static void Terminate(Process process) => Send(process, 15);

    private static void Send(Process process, int signal)
    {
        if (NativeKill(process.Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Signal {signal} to process {process.Id} failed.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
