namespace Jamail.Queueing;

/// <summary>What to do when a turn did not go as planned. Nothing is taken for failed that may have happened.</summary>
internal sealed class TurnFailures(WorkerContext context, JobSlots slots, Dispatcher dispatcher, CancellationToken aborted)
{
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(100);

    private readonly SettleOne _settleOne = new(context.Scripts, context.Keys);
    private readonly LostReplies _lostReplies = new(context, slots, dispatcher);
    private readonly Orphans _orphans = new(context);
    private readonly Lock _gate = new();
    private List<(RunningJob Job, Settlement Settlement)> _unknown = [];
    private bool _isLost;
    private bool _isPaused;
    private bool _isUnresponsive;
    private bool _isResolving;

    /// <summary>Something is not settled yet and is looked into.</summary>
    public bool AreOpen
    {
        get
        {
            lock (_gate)
            {
                return _isLost || _isPaused || _isResolving;
            }
        }
    }

    /// <summary>Takes over a turn whose call failed. The dispatcher is held until it is resolved.</summary>
    public async Task TakeAsync(Turn turn, Exception exception)
    {
        switch (RedisFaults.Of(exception))
        {
            case RedisFault.NotSent:
            case RedisFault.NotRun:
                Repeat(turn);
                break;
            case RedisFault.Refused:
                context.Logger.TurnFailed(exception, context.Queue.Value);
                await SettleOneByOneAsync(turn).ConfigureAwait(false);
                break;
            default:
                MarkLost(turn, exception is TimeoutException);
                break;
        }
    }

    /// <summary>Begins to resolve what failed; only while no call is under way, so that nothing can change meanwhile.</summary>
    public void ResolveWhenOpen()
    {
        lock (_gate)
        {
            if (_isResolving || !(_isLost || _isPaused))
            {
                return;
            }

            _isResolving = true;
        }

        _ = ResolveAsync();
    }

    public void DropOrphan(string id) => _ = _orphans.DropAsync(id);

    public void Report(RunningJob job, in SettleReply reply)
    {
        if (reply.Fault is { } fault)
        {
            context.Logger.OutcomeFaulted(context.Queue.Value, job.Stored.Id, fault);
        }
        else
        {
            context.Logger.OutcomeRefused(context.Queue.Value, job.Stored.Id, ErrorCodes.Of(reply.Code));
        }
    }

    public void FetchFaulted(string fault, TimeSpan pause)
    {
        context.Logger.TurnFailed(new InvalidOperationException(fault), context.Queue.Value);
        _ = LookAgainAsync();

        async Task LookAgainAsync()
        {
            await Task.Delay(pause, context.Clock, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            dispatcher.Wake();
        }
    }

    private void Repeat(Turn turn)
    {
        for (var index = 0; index < turn.Jobs.Count; index++)
        {
            dispatcher.SettleAgain(turn.Jobs[index], turn.Settlements[index]);
        }

        lock (_gate)
        {
            _isPaused = true;
        }
    }

    private void MarkLost(Turn turn, bool isUnresponsive)
    {
        lock (_gate)
        {
            for (var index = 0; index < turn.Jobs.Count; index++)
            {
                _unknown.Add((turn.Jobs[index], turn.Settlements[index]));
            }

            _isLost = true;
            _isUnresponsive |= isUnresponsive;
        }
    }

    // The call may have done a part of its work before it failed: what it took is looked for afterwards.
    private async Task SettleOneByOneAsync(Turn turn)
    {
        for (var index = 0; index < turn.Jobs.Count; index++)
        {
            var job = turn.Jobs[index];
            var settlement = turn.Settlements[index];
            try
            {
                var reply = await _settleOne
                    .RunAsync(settlement, context.NowMs, dispatcher.TermsOf(turn))
                    .WaitAsync(context.Options.LockDuration, context.Clock, aborted)
                    .ConfigureAwait(false);
                dispatcher.Settled(job, settlement, reply);
            }
            catch (Exception)
            {
                lock (_gate)
                {
                    _unknown.Add((job, settlement));
                }
            }
        }

        lock (_gate)
        {
            _isLost = true;
            _isPaused = true;
        }
    }

    private async Task ResolveAsync()
    {
        var said = "";
        while (true)
        {
            List<(RunningJob Job, Settlement Settlement)> unknown;
            bool isLost;
            bool isUnresponsive;
            lock (_gate)
            {
                (unknown, _unknown) = (_unknown, []);
                (isLost, _isLost) = (_isLost, false);
                (isUnresponsive, _isUnresponsive) = (_isUnresponsive, false);
                _isPaused = false;
            }

            try
            {
                await context.Connections.WaitUntilUpAsync(aborted).ConfigureAwait(false);
                if (isLost)
                {
                    await _lostReplies.ResolveAsync(unknown, isUnresponsive, aborted).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(RetryWait, context.Clock, aborted).ConfigureAwait(false);
                }

                break;
            }
            catch (OperationCanceledException) when (aborted.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (exception.Message != said)
                {
                    said = exception.Message;
                    context.Logger.TurnFailed(exception, context.Queue.Value);
                }

                lock (_gate)
                {
                    _unknown.AddRange(unknown);
                    _isLost |= isLost;
                }

                await Task.Delay(RetryWait, context.Clock, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        lock (_gate)
        {
            _isResolving = false;
        }

        dispatcher.Release(look: true);
    }
}
