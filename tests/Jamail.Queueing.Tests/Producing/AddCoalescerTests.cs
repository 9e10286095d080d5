using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Producing;

public sealed class AddCoalescerTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly FakeClock _clock = new();
    private readonly ScriptedCalls _calls = new();
    private readonly AddCoalescer _adds;

    public AddCoalescerTests() => _adds = new AddCoalescer("q", _calls, Timeout, _clock);

    [Fact]
    public async Task The_first_call_goes_alone_and_may_prepare_the_others()
    {
        Add("first");
        await _calls.NextAsync();
        Add("second");
        Add("third");
        Assert.True(_calls[0].IsAlone);

        _calls.Answer(0);
        await _calls.NextAsync();

        Assert.False(_calls[1].IsAlone);
        Assert.Equal(["second", "third"], _calls.NamesOf(1));
    }

    [Fact]
    public async Task An_add_told_that_nothing_was_added_is_left_out_of_the_call_that_was_being_prepared()
    {
        var prepared = new TaskCompletionSource();
        _calls.Preparation = prepared.Task;
        var overdue = Add("overdue");
        _clock.Advance(Timeout + TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<JobQueueException>(() => overdue.Task);
        var later = Add("later");

        prepared.SetResult();
        await _calls.NextAsync();
        _calls.Answer(0);

        Assert.Equal(JobQueueError.Unavailable, error.Error);
        Assert.Equal(["later"], _calls.NamesOf(0));
        Assert.Equal("id-later", (await later.Task).Value);
    }

    [Fact]
    public async Task Calls_that_Redis_did_not_run_go_again_alone_and_in_their_order()
    {
        await FillCallsAsync();
        Add("later");

        foreach (var call in (int[])[2, 0, 3, 1])
        {
            _calls.Fail(call, new JobQueueException(JobQueueError.Unavailable, "LOADING"));
        }

        for (var again = 4; again < 8; again++)
        {
            await WhenRestedAsync();
            Assert.True(_calls[again].IsAlone);
            Assert.Equal([$"first{again - 4}"], _calls.NamesOf(again));
            _calls.Answer(again);
        }

        await _calls.NextAsync();
        Assert.Equal(["later"], _calls.NamesOf(8));
    }

    [Fact]
    public async Task After_the_connection_changed_the_next_call_goes_alone()
    {
        await FillCallsAsync();
        _calls.IsPrepared = false;
        Add("next");
        _calls.Answer(0);
        _calls.Answer(1);
        _calls.Answer(2);
        _calls.Answer(3);

        await _calls.NextAsync();

        Assert.True(_calls[4].IsAlone);
        Assert.Equal(["next"], _calls.NamesOf(4));
    }

    [Fact]
    public async Task Jobs_that_gather_while_calls_are_under_way_share_the_next_one()
    {
        var adds = await FillCallsAsync();
        SingleAdd[] waiting = [.. Enumerable.Range(0, 2500).Select(i => Add($"w{i}"))];

        _calls.Answer(0);
        await _calls.NextAsync();

        Assert.Equal(AddCoalescer.MaxJobsPerCall, _calls[4].Jobs.Length);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"w{i}"), _calls[4].Jobs.Select(job => job.Name));
        _calls.Answer(4);
        Assert.Equal("id-w7", (await waiting[7].Task).Value);
        Assert.Equal("id-first0", (await adds[0].Task).Value);
        Assert.False(waiting[1000].Task.IsCompleted);
    }

    [Fact]
    public async Task A_call_holds_about_a_mebibyte_and_at_least_one_job()
    {
        await FillCallsAsync();
        Add("big", 3 << 20);
        for (var i = 0; i < 9; i++)
        {
            Add($"m{i}", 300 << 10);
        }

        _calls.Answer(0);
        await _calls.NextAsync();
        _calls.Answer(1);
        await _calls.NextAsync();

        Assert.Equal(["big"], _calls[4].Jobs.Select(job => job.Name));
        Assert.Equal(["m0", "m1", "m2"], _calls[5].Jobs.Select(job => job.Name));
    }

    [Fact]
    public async Task A_single_add_does_not_wait_behind_a_bulk()
    {
        await FillCallsAsync();
        var lane = _adds.OpenLane();
        var bulk = new BulkAdd(3000);
        for (var i = 0; i < 3000; i++)
        {
            Assert.True(_adds.TryEnqueue(lane, Job($"b{i}", 2), bulk, i));
        }

        Add("single");
        _calls.Answer(0);
        await _calls.NextAsync();

        Assert.Contains(_calls[4].Jobs, job => job.Name == "single");
        Assert.Equal(
            Enumerable.Range(0, 999).Select(i => $"b{i}"), _calls[4].Jobs.Where(job => job.Name != "single").Select(job => job.Name));
    }

    [Fact]
    public async Task Beyond_the_limit_of_waiting_bytes_an_add_is_refused_as_busy()
    {
        await FillCallsAsync();
        for (var i = 0; i < 63; i++)
        {
            Add($"m{i}", 1 << 20);
        }

        var error = Assert.Throws<JobQueueException>(() => Add("more", 2 << 20));

        Assert.Equal(JobQueueError.Busy, error.Error);
        Assert.Contains("64 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_job_does_not_touch_the_others_of_its_call()
    {
        await FillCallsAsync();
        var good = Add("good");
        var bad = Add("bad");
        _calls.Answer(0);
        await _calls.NextAsync();

        _calls[4].Reply.SetResult([new AddReply("7", 0, null), new AddReply(null, -7, null)]);

        Assert.Equal("7", (await good.Task).Value);
        var error = await Assert.ThrowsAsync<JobQueueException>(() => bad.Task);
        Assert.Equal(JobQueueError.ParentCannotBeReplaced, error.Error);
    }

    [Fact]
    public async Task After_the_timeout_what_was_sent_is_unknown_and_what_was_not_is_unavailable()
    {
        var sent = await FillCallsAsync();
        var unsent = Add("unsent");

        _clock.Advance(Timeout + TimeSpan.FromSeconds(1));

        var unknown = await Assert.ThrowsAsync<JobQueueException>(() => sent[0].Task);
        var unavailable = await Assert.ThrowsAsync<JobQueueException>(() => unsent.Task);
        Assert.Equal((JobQueueError.Unknown, JobQueueError.Unavailable), (unknown.Error, unavailable.Error));
        Assert.Equal(0, _calls.GivenUp);

        _clock.Advance(Timeout + TimeSpan.FromSeconds(1));
        await Eventually.True(() => _calls.GivenUp > 0, "the connection to be given up");
    }

    [Fact]
    public async Task A_cancelled_add_that_was_not_sent_is_not_sent()
    {
        await FillCallsAsync();
        using var cancel = new CancellationTokenSource();
        var add = Add("cancelled");
        var waiting = add.WaitAsync(cancel.Token);
        Add("other");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        _calls.Answer(0);
        await _calls.NextAsync();

        Assert.Equal(["other"], _calls[4].Jobs.Select(job => job.Name));
    }

    public void Dispose()
    {
        _adds.Dispose();
        _calls.Dispose();
    }

    /// <summary>Puts as many calls under way as may be.</summary>
    private async Task<SingleAdd[]> FillCallsAsync()
    {
        Add("warm-up");
        await _calls.NextAsync();
        _calls.Answer(0);
        _calls.Forget();
        var adds = new SingleAdd[4];
        for (var i = 0; i < adds.Length; i++)
        {
            adds[i] = Add($"first{i}");
            await _calls.NextAsync();
        }

        return adds;
    }

    /// <summary>Waits for the next call, moving the clock past the rest that a fault is followed by.</summary>
    private async Task WhenRestedAsync()
    {
        while (!await _calls.TryNextAsync(TimeSpan.FromMilliseconds(20)))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    private SingleAdd Add(string name, int size = 2)
    {
        var add = new SingleAdd();
        _adds.Enqueue(Job(name, size), add);
        return add;
    }

    private static JobToAdd Job(string name, int size) =>
        new() { Name = name, Data = new byte[size], OptionsJson = "{}"u8.ToArray(), Timestamp = 1 };
}
