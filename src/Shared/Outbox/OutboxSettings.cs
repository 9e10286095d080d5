namespace Jamail.Shared;

/// <param name="JobPrefix">Begins every job id: <c>mail</c>, <c>whd</c>.</param>
/// <param name="SweepInterval">How often rows are compared with the queue.</param>
/// <param name="ConfirmWithin">How long the call that stored a row has to add its job before the outbox does.</param>
/// <param name="CheckAfter">How long a job may go on before the queue is asked for it: lock + 2 × stalled interval.</param>
/// <param name="OthersWork">Whether workers that know nothing of the rows take jobs of this queue.</param>
internal sealed record OutboxSettings(
    string JobPrefix, TimeSpan SweepInterval, TimeSpan ConfirmWithin, TimeSpan CheckAfter, bool OthersWork)
{
    public const int PageSize = 500;

    /// <summary>
    /// How long the confirmation of a job that a call added just now waits for others, well within <see cref="ConfirmWithin"/>: a row
    /// that has ended by then needs none.
    /// </summary>
    public TimeSpan ConfirmAfter { get; init; }
}
