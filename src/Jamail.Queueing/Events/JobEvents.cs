using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>Events of one queue, over its stream in Redis.</summary>
internal sealed class JobEvents(
    QueueKeys keys, ScriptRunner scripts, RedisConnections connections, QueueMeta meta, TimeProvider clock, ILogger logger)
    : IJobEvents, IDisposable
{
    private const int DefaultMaxEvents = 10_000;

    private readonly RedisCalls _calls = new(keys.Queue, connections, clock);
    private readonly FinishWaits _waits = new(
        new EventStream(keys, connections, clock, logger),
        new FinishedJobs(keys, scripts, new RedisCalls(keys.Queue, connections, clock)),
        clock);

    public QueueName Name => keys.Queue;

    public Task<string> GetPositionAsync(CancellationToken cancellationToken = default) =>
        _calls.RunAsync(database => EventStream.NewestAsync(database, keys), cancellationToken);

    public IAsyncEnumerable<JobEvent> ReadAsync(string? after = null, CancellationToken cancellationToken = default)
    {
        if (after is not null && !EventPosition.TryParse(after, out _))
        {
            throw new ArgumentException(
                $"'{after}' is no position of an event; give '{nameof(JobEvent.Position)}' of one, '0-0', or none.", nameof(after));
        }

        return ReadOnAsync(after, cancellationToken);
    }

    public Task<JobEnd> WaitUntilFinishedAsync(JobId id, CancellationToken cancellationToken = default) =>
        _waits.WaitAsync(id, cancellationToken);

    public Task<string> PublishAsync(
        string name, IReadOnlyDictionary<string, string>? fields = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (EventEntry.OwnNames.Contains(name))
        {
            throw new ArgumentException(
                $"'{name}' is an event that BullMQ writes itself, and listeners would take yours for it; give another name.", nameof(name));
        }

        if (fields?.ContainsKey("event") is true)
        {
            throw new ArgumentException("A field is called 'event', where the event's name stands; call it otherwise.", nameof(fields));
        }

        return _calls.RunAsync(
            async database =>
            {
                await meta.EnsureAsync(cancellationToken).ConfigureAwait(false);
                var most = await database.HashGetAsync(keys.Meta, "opts.maxLenEvents").ConfigureAwait(false);
                List<object> arguments = [keys.Events, "MAXLEN", "~", most.IsNull ? DefaultMaxEvents : most, "*", "event", name];
                foreach (var field in fields ?? new Dictionary<string, string>())
                {
                    arguments.Add(field.Key);
                    arguments.Add(field.Value);
                }

                return (string)(await database.ExecuteAsync("XADD", [.. arguments]).ConfigureAwait(false))!;
            },
            cancellationToken);
    }

    public void Dispose() => _waits.Dispose();

    private async IAsyncEnumerable<JobEvent> ReadOnAsync(
        string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = new EventStream(keys, connections, clock, logger);
        var position = after ?? await stream.NewestAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var batch = await stream.ReadAsync(position, cancellationToken).ConfigureAwait(false);
            position = batch.Position;
            foreach (var happened in batch.Events)
            {
                yield return happened;
            }
        }
    }
}
