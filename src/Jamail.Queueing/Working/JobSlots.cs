namespace Jamail.Queueing;

/// <summary>All jobs that this worker has and Redis has not yet settled.</summary>
internal sealed class JobSlots
{
    private readonly Lock _gate = new();
    private readonly List<RunningJob> _jobs = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _jobs.Count;
            }
        }
    }

    public void Add(RunningJob job)
    {
        lock (_gate)
        {
            job.Position = _jobs.Count;
            _jobs.Add(job);
        }
    }

    public void Remove(RunningJob job)
    {
        lock (_gate)
        {
            if (job.Position < 0)
            {
                return;
            }

            var last = _jobs[^1];
            _jobs[job.Position] = last;
            last.Position = job.Position;
            _jobs.RemoveAt(_jobs.Count - 1);
            job.Position = -1;
        }
    }

    public RunningJob[] All()
    {
        lock (_gate)
        {
            return [.. _jobs];
        }
    }
}
