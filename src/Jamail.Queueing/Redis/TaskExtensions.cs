namespace Jamail.Queueing;

internal static class TaskExtensions
{
    /// <summary>A command given up may still end in an error that nobody else looks at.</summary>
    public static void Observe(this Task task) =>
        task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
