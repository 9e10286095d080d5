using Microsoft.Extensions.Logging;

namespace Jamail.Mail.Tests.Support;

/// <summary>Tells when a text was logged, by the worker of the queue and by anything else.</summary>
internal sealed class WaitingLog(string text) : ILoggerProvider
{
    private readonly TaskCompletionSource _byWorker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _byOthers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task SeenAsync(bool fromWorker) =>
        (fromWorker ? _byWorker : _byOthers).Task.WaitAsync(TimeSpan.FromSeconds(30));

    public ILogger CreateLogger(string categoryName) =>
        new Logger(text, categoryName == "Jamail.Queueing.Worker" ? _byWorker : _byOthers);

    public void Dispose()
    {
    }

    private sealed class Logger(string text, TaskCompletionSource seen) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains(text, StringComparison.Ordinal))
            {
                seen.TrySetResult();
            }
        }
    }
}
