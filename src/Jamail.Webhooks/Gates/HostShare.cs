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

    private const int MostKnown = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly int _reserved = Math.Max(1, slots / 5);
    private int _total;

    public int Total => Volatile.Read(ref _total);

    /// <summary>Takes a slot for an endpoint; it is given back by <see cref="Give"/>.</summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="most">Most requests to it under way over all hosts, and so in this one.</param>
    public async ValueTask<bool> TryTakeAsync(string webhookId, int most)
    {
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            var held = HeldBy(webhookId);
            if (HasRoom(held, most))
            {
                Take(held);
                return true;
            }

            if (!IsFast(held) || _waiters.Count + _total >= slots)
            {
                return false;
            }

            node = _waiters.AddLast(new Waiter(held, most, new(TaskCreationOptions.RunContinuationsAsynchronously)));
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
            held.Count--;
            if (took is { } time)
            {
                held.Average = held.Average is { } average ? average + ((time - average) / 8) : time;
                held.MovedAt = clock.GetTimestamp();
            }

            for (var node = _waiters.First; node is not null;)
            {
                var next = node.Next;
                if (HasRoom(node.Value.Held, node.Value.Most))
                {
                    _waiters.Remove(node);
                    Take(node.Value.Held);
                    node.Value.Taken.SetResult();
                }

                node = next;
            }
        }
    }

    private Held HeldBy(string webhookId)
    {
        if (!_held.TryGetValue(webhookId, out var held))
        {
            if (_held.Count >= MostKnown)
            {
                Forget();
            }

            _held[webhookId] = held = new Held();
        }

        return held;
    }

    private void Forget()
    {
        var waiting = _waiters.Select(waiter => waiter.Held).ToHashSet();
        foreach (var (id, _) in _held.Where(one => one.Value.Count == 0 && !waiting.Contains(one.Value)).ToList())
        {
            _held.Remove(id);
        }
    }

    private bool HasRoom(Held held, int most) => held.Count < most && (held.Count == 0 || slots - _total > _reserved);

    // By its average, while it goes on answering; one of which nothing is known yet has as long as it may take.
    private bool IsFast(Held held) =>
        (held.Average is not { } average || average <= Moment) && clock.GetElapsedTime(held.MovedAt) <= Moment;

    private void Take(Held held)
    {
        if (held.Count++ == 0)
        {
            held.MovedAt = clock.GetTimestamp();
        }

        _total++;
    }

    private sealed class Held
    {
        public int Count { get; set; }

        /// <summary>How long its requests take; null while none has ended.</summary>
        public TimeSpan? Average { get; set; }

        /// <summary>When its last request ended, or the first of those under way began.</summary>
        public long MovedAt { get; set; }
    }

    private sealed record Waiter(Held Held, int Most, TaskCompletionSource Taken);
}
