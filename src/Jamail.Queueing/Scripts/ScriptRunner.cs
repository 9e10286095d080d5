using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The one place that sends a script.</summary>
internal sealed class ScriptRunner(RedisConnections connections, LuaScriptCatalog scripts, QueueingMetrics metrics)
{
    private const int MostLoads = 3;

    public LuaScriptCatalog Scripts => scripts;

    public QueueingMetrics Metrics => metrics;

    /// <summary>Runs a script by its hash. A Redis that does not know it has run nothing, and gets the text.</summary>
    public async Task<RedisResult> RunAsync(LuaScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        for (var load = 0; ; load++)
        {
            var began = metrics.CallBegins();
            try
            {
                var database = connections.Database;
                return load == 0
                    ? await database.ScriptEvaluateAsync(script.Sha1, keys, arguments).ConfigureAwait(false)
                    : await database.ScriptEvaluateAsync(script.Text, keys, arguments).ConfigureAwait(false);
            }
            catch (RedisServerException refusal) when (load < MostLoads && IsUnknown(refusal))
            {
            }
            finally
            {
                metrics.CallEnds(began, script.Name);
            }
        }
    }

    /// <summary>The same over the quick connection. What waits goes on in the thread that reads replies.</summary>
    /// <param name="script">As the command names it.</param>
    /// <param name="key">A key of the queue; says which server is asked.</param>
    /// <param name="call">The command; its buffer is given back when the reply is there.</param>
    public async Task<TReply> RunAsync<TReply>(LuaScript script, RedisKey key, WireCall<TReply> call)
    {
        for (var load = 0; ; load++)
        {
            try
            {
                var withText = load > 0 || connections.Wires.Find(key) is null;
                return await RunOnceAsync(script, key, call, withText).ConfigureAwait(false);
            }
            catch (WireErrorException refusal) when (load < MostLoads && IsUnknown(refusal))
            {
                call.Restart();
            }
        }
    }

    /// <summary>
    /// Sends a command over the quick connection. Without the text it is sent before the task is returned, or not at all where
    /// there is no connection; this is for callers that keep several calls in order, and so repeat them themselves.
    /// </summary>
    public async Task<TReply> RunOnceAsync<TReply>(LuaScript script, RedisKey key, WireCall<TReply> call, bool withText)
    {
        var wires = connections.Wires;
        var wire = withText
            ? await wires.OfAsync(key).ConfigureAwait(false)
            : wires.Find(key) ?? throw new WireLostException(isSent: false, cause: null);
        if (withText)
        {
            wire.Send(WireTextCall.Of("SCRIPT", "LOAD", script.Text));
        }

        var began = metrics.CallBegins();
        try
        {
            wire.Send(call);
            var reply = await call.Task.ConfigureAwait(false);
            call.Command.Release();
            return reply;
        }
        catch (WireErrorException refusal) when (RedisFaults.Of(refusal) == RedisFault.NotRun)
        {
            wires.Forget(key);
            throw;
        }
        finally
        {
            metrics.CallEnds(began, script.Name);
        }
    }

    /// <summary>What a reply below zero means.</summary>
    public static JobQueueException Refusal(int code, QueueName queue, JobId? jobId = null)
    {
        var job = jobId is { } id ? $"Job '{id}' of queue '{queue}'" : $"A job of queue '{queue}'";
        var (error, text) = code switch
        {
            -1 => (JobQueueError.JobNotFound, "does not exist, or no longer"),
            -2 => (JobQueueError.LockLost, "has no lock any more; another worker may hold it soon"),
            -3 => (JobQueueError.InvalidState, "is not in the state this operation needs; read its state first"),
            -4 => (JobQueueError.PendingChildren, "has unfinished children; wait for them or remove them first"),
            -5 => (JobQueueError.ParentNotFound, "names a parent that does not exist; add the parent first"),
            -6 => (JobQueueError.LockMismatch, "is locked by another worker"),
            -7 => (JobQueueError.ParentCannotBeReplaced, "belongs to another parent that still exists"),
            -8 => (JobQueueError.BelongsToScheduler, "is the next run of a scheduler; remove the scheduler instead"),
            -9 => (JobQueueError.FailedChildren, "has failed children"),
            -10 => (JobQueueError.SchedulerCollision, "cannot be made: the scheduler's next id is taken by another job"),
            -11 => (JobQueueError.SchedulerBusy, "cannot be made: all next slots of the scheduler are taken"),
            _ => (JobQueueError.ScriptFailed, $"was refused with the unknown code {code}"),
        };
        return new JobQueueException(error, $"{job} {text}.", queue, jobId);
    }

    private static bool IsUnknown(Exception refusal) => refusal.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);
}
