namespace Jamail.Webhooks;

/// <summary>
/// Keeps slow endpoints from taking all slots of this host: a fifth of them is for endpoints that hold none, so that one that
/// answers at once does not wait for those that do not. For an endpoint that answers fast it is worth to wait a moment: its next
/// place is free sooner than the job could be put back and fetched again.
/// </summary>
internal sealed class HostShare(int slots, TimeProvider clock)
{
    // Bounds what the slots that are kept free can be held up by such a wait.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly int _reserved = Math.Max(1, slots / 5);
    private int _total;

    public int Total => Volatile.Read(ref _total);

    /// <summary>Takes a slot for an endpoint; it is given back by <see cref="Give"/>.</summary>
    public async ValueTask<bool> TryTakeAsync(string webhookId)
    {
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (HasRoom(webhookId))
            {
                Take(webhookId);
                return true;
            }

            if (_held[webhookId].Average > Moment || _waiters.Count >= _reserved)
            {
                return false;
            }

            node = _waiters.AddLast(new Waiter(webhookId, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        try
        {
            await node.Value.Taken.Task.WaitAsync(Moment, clock).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                if (node.List is null)
                {
                    return true;
                }

                _waiters.Remove(node);
                return false;
            }
        }
    }

    /// <param name="webhookId">Whose slot is free again.</param>
    /// <param name="took">How long its request took; null when none was made.</param>
    public void Give(string webhookId, TimeSpan? took)
    {
        lock (_gate)
        {
            _total--;
            var held = _held[webhookId];
            if (--held.Count == 0)
            {
                _held.Remove(webhookId);
            }

            if (took is { } time)
            {
                held.Average = held.Average == TimeSpan.MaxValue ? time : held.Average + ((time - held.Average) / 8);
            }

            for (var node = _waiters.First; node is not null;)
            {
                var next = node.Next;
                if (HasRoom(node.Value.WebhookId))
                {
                    _waiters.Remove(node);
                    Take(node.Value.WebhookId);
                    node.Value.Taken.SetResult();
                }

                node = next;
            }
        }
    }

    private bool HasRoom(string webhookId) => !_held.ContainsKey(webhookId) || slots - _total > _reserved;

    private void Take(string webhookId)
    {
        if (!_held.TryGetValue(webhookId, out var held))
        {
            _held[webhookId] = held = new Held();
        }

        held.Count++;
        _total++;
    }

    private sealed class Held
    {
        public int Count { get; set; }

        /// <summary>How long its requests take; nothing is known of an endpoint that has just begun.</summary>
        public TimeSpan Average { get; set; } = TimeSpan.MaxValue;
    }

    private sealed record Waiter(string WebhookId, TaskCompletionSource Taken);
}
