namespace Jamail.Queueing.Tests.Producing;

/// <summary>Calls that the test answers.</summary>
internal sealed class ScriptedCalls : IAddCalls, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedCall> _calls = [];
    private readonly SemaphoreSlim _called = new(0);

    public bool IsPrepared { get; set; } = true;

    public int GivenUp { get; private set; }

    public ScriptedCall this[int call]
    {
        get
        {
            lock (_gate)
            {
                return _calls[call];
            }
        }
    }

    /// <summary>What a call that goes alone waits for first.</summary>
    public Task Preparation { get; set; } = Task.CompletedTask;

    public Func<JobToAdd, JobQueueException?> Refusal { get; set; } = _ => null;

    public JobQueueException? RefusalOf(JobToAdd job) => Refusal(job);

    public Task PrepareAsync() => Preparation;

    public Task<AddReply[]> SendAsync(IReadOnlyList<JobToAdd> jobs, bool isAlone)
    {
        var call = new ScriptedCall([.. jobs], isAlone);
        lock (_gate)
        {
            _calls.Add(call);
        }

        _called.Release();
        return call.Reply.Task;
    }

    public Task GiveUpConnectionAsync()
    {
        GivenUp++;
        return Task.CompletedTask;
    }

    /// <summary>Waits for one more call.</summary>
    public Task NextAsync() => _called.WaitAsync();

    public Task<bool> TryNextAsync(TimeSpan within) => _called.WaitAsync(within);

    /// <summary>Counts calls from zero again.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _calls.Clear();
        }
    }

    public IEnumerable<string> NamesOf(int call) => this[call].Jobs.Select(job => job.Name);

    public void Answer(int call) =>
        this[call].Reply.SetResult([.. this[call].Jobs.Select(job => new AddReply($"id-{job.Name}", 0, null))]);

    public void Fail(int call, Exception fault) => this[call].Reply.SetException(fault);

    public void Dispose() => _called.Dispose();
}
