namespace Jamail.Queueing;

/// <summary>A job on its way to Redis, and who waits for the answer.</summary>
internal readonly record struct AddEntry(JobToAdd Job, IAddWaiter Waiter, int Index, long EnqueuedAt)
{
    private const int Overhead = 256;

    public bool IsAbandoned => Waiter.IsAbandoned(Index);

    /// <summary>About how many bytes the job takes in a call and in memory.</summary>
    public int Weight => Overhead + Job.Data.Length + Job.OptionsJson.Length + Job.Name.Length + Job.Id.Length;
}
