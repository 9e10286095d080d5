namespace Jamail.Shared;

/// <summary>The column <c>state</c> of a job.</summary>
internal static class OutboxJobState
{
    /// <summary>No job is wanted: the row is finished or held back.</summary>
    public const int None = 0;

    /// <summary>A job is wanted, and Redis has not confirmed one. From <c>due_at</c> on the outbox adds it.</summary>
    public const int Wanted = 1;

    /// <summary>Redis confirmed the job. At <c>due_at</c> the sweep looks whether it still knows it.</summary>
    public const int Confirmed = 2;
}
