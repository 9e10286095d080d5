using Jamail.Queueing;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests.Model;

/// <summary>Does random things to one queue, each through a client chosen at random.</summary>
internal sealed class RandomClient(Random random, string queue, JamailHost jamail, NodeClient five, NodeClient six)
{
    private readonly List<string> _ids = [];
    private int _added;

    /// <summary>What was done, for a failure's message.</summary>
    public List<string> History { get; } = [];

    public async Task StepAsync()
    {
        try
        {
            await (random.Next(100) switch
            {
                < 45 => AddAsync(),
                < 55 => AddBulkAsync(),
                < 65 => AddFlowAsync(),
                < 71 => OnJobAsync("promote", (inspector, id) => inspector.PromoteAsync(id)),
                < 79 => OnJobAsync("retry", (inspector, id) => inspector.RetryAsync(id)),
                < 87 => OnJobAsync("remove", (inspector, id) => inspector.RemoveAsync(id)),
                < 91 => NodeJobAsync("changePriority", new { priority = random.Next(4), lifo = random.Next(2) == 0 }),
                < 94 => NodeJobAsync("changeDelay", random.Next(400)),
                < 97 => PauseAsync(),
                _ => RetryAllAsync(),
            });
        }
        catch (Exception exception) when (exception is NodeException or JobQueueException)
        {
            // The job has moved on meanwhile.
            History[^1] += $" (refused: {exception.Message})";
        }
    }

    private NodeClient AnyNode() => random.Next(2) == 0 ? five : six;

    private string AnyId() => _ids.Count == 0 ? "1" : _ids[random.Next(_ids.Count)];

    private void Did(string what, NodeClient? node = null) =>
        History.Add($"{(node is null ? "jamail" : node == five ? "five" : "six")} {what}");

    private Work NewWork() => new(++_added, FailTimes: random.Next(5) == 0 ? random.Next(1, 4) : 0, Ms: random.Next(15));

    private async Task AddAsync()
    {
        var (work, delay, priority, lifo, attempts) =
            (NewWork(), random.Next(4) == 0 ? random.Next(1, 600) : 0, random.Next(4) == 0 ? random.Next(1, 4) : 0, random.Next(8) == 0, random.Next(1, 4));
        var gone = random.Next(10) == 0;
        if (random.Next(2) == 0)
        {
            Did($"add {work}");
            var id = await jamail.Queue.AddAsync("work", work, new JobOptions
            {
                Attempts = attempts, Delay = TimeSpan.FromMilliseconds(delay), Priority = priority, Lifo = lifo,
                Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(random.Next(3) * 20)),
                RemoveOnComplete = gone ? JobRetention.None : JobRetention.Forever,
            });
            _ids.Add(id.Value);
            return;
        }

        var node = AnyNode();
        Did($"add {work}", node);
        var deduplication = random.Next(6) == 0 ? new { id = $"d{random.Next(3)}", ttl = 200 } : null;
        _ids.Add(await node.CallAsync<string>("add", queue, "work", work, new
        {
            attempts, delay, priority, lifo, backoff = new { type = "fixed", delay = random.Next(3) * 20 }, removeOnComplete = gone,
            deduplication,
        }));
    }

    private async Task AddBulkAsync()
    {
        var works = Enumerable.Range(0, random.Next(1, 20)).Select(_ => NewWork()).ToList();
        if (random.Next(2) == 0)
        {
            Did($"add {works.Count} jobs");
            var added = await jamail.Queue.AddManyAsync(works.Select(work =>
                new NewJob<Work>("work", work, new JobOptions { Attempts = 3, RemoveOnComplete = JobRetention.Forever })));
            _ids.AddRange(added.Select(job => job.Id!.Value.Value));
            return;
        }

        var node = AnyNode();
        Did($"add {works.Count} jobs", node);
        _ids.AddRange(await node.CallAsync<string[]>(
            "addBulk", queue, works.Select(work => new { name = "work", data = work, opts = new { attempts = 3 } })));
    }

    private async Task AddFlowAsync()
    {
        object Node(int depth) => new
        {
            name = "work", queueName = queue, data = NewWork(),
            opts = new { attempts = 4, ignoreDependencyOnFailure = depth > 0 },
            children = depth == 2 ? [] : Enumerable.Range(0, random.Next(1, 4)).Select(_ => Node(depth + 1)).ToArray(),
        };
        var node = AnyNode();
        Did("add a flow", node);
        var flow = await node.CallAsync("addFlow", Node(0));
        _ids.Add(flow.GetProperty("id").GetString()!);
        _ids.Add(flow.GetProperty("children")[0].GetProperty("id").GetString()!);
    }

    private Task OnJobAsync(string what, Func<IJobQueueInspector, JobId, Task> ours)
    {
        var id = AnyId();
        if (random.Next(2) == 0)
        {
            Did($"{what} {id}");
            return ours(jamail.Inspector, JobId.Parse(id));
        }

        var node = AnyNode();
        Did($"{what} {id}", node);
        return node.CallAsync(what, queue, id);
    }

    private async Task NodeJobAsync(string what, object argument)
    {
        var (node, id) = (AnyNode(), AnyId());
        Did($"{what} {id}", node);
        await node.CallAsync("ofJob", queue, id, what, argument);
    }

    // Not by 5.x: it loses jobs when others add meanwhile (PauseTests say which and how).
    private async Task PauseAsync()
    {
        var (pauses, resumes) = (random.Next(2) == 0, random.Next(2) == 0);
        Did("pause", pauses ? null : six);
        await (pauses ? jamail.Inspector.PauseAsync() : six.CallAsync("pause", queue));
        await AddAsync();
        await AddAsync();
        Did("resume", resumes ? null : six);
        await (resumes ? jamail.Inspector.ResumeAsync() : six.CallAsync("resume", queue));
    }

    private async Task RetryAllAsync()
    {
        Did("retry all", six);
        await six.CallAsync("ofQueue", queue, "retryJobs", new { state = "failed" });
    }
}
