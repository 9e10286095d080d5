using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>
/// What several callers publish at the same time is one transaction. Only what cannot wait for anybody else's transaction takes part:
/// no id or key of the caller's, no order.
/// </summary>
internal sealed class EventGroups : IAsyncDisposable
{
    private const int Overlap = 2;

    private readonly Database _database;
    private readonly EventStore _events;
    private readonly GroupRunner<EventToPublish, StoredEvent?> _groups;

    public EventGroups(Database database, EventStore events)
    {
        _database = database;
        _events = events;
        _groups = new GroupRunner<EventToPublish, StoredEvent?>(StoreAsync, overlap: Overlap);
    }

    public static bool Takes(PublishOptions about) => about is { EventId: null, IdempotencyKey: null };

    /// <returns>Null when the event has to be stored alone.</returns>
    public Task<StoredEvent?> StoreAsync(EventToPublish published, CancellationToken cancellationToken) =>
        _groups.RunAsync(published, cancellationToken);

    public ValueTask DisposeAsync() => _groups.DisposeAsync();

    private Task<IReadOnlyList<StoredEvent?>> StoreAsync(IReadOnlyList<EventToPublish> published, CancellationToken cancellationToken) =>
        _database.WriteOftenAsync(
            (connection, transaction, token) => _events.InsertManyAsync(connection, transaction, published, token), cancellationToken);
}
