using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Jamail.Queueing.Tests.Observability;

/// <summary>Keeps every line of every level, with the values of its scopes.</summary>
internal sealed class ScopedLines : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<(string Category, string Text, Dictionary<string, object?> Scope)> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(ScopedLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => lines._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new Dictionary<string, object?>();
            lines._scopes.ForEachScope(
                static (values, all) =>
                {
                    foreach (var (name, value) in values as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    {
                        all[name] = value;
                    }
                },
                scope);
            lines.All.Enqueue((category, $"{formatter(state, exception)} {exception}", scope));
        }
    }
}
