namespace Jamail.Queueing;

/// <summary>A scheduler's job was taken, and the one after it is to be made.</summary>
/// <param name="SchedulerId">The scheduler.</param>
/// <param name="NextMs">When the next job is due; null lets the script reckon it, for equal distances.</param>
/// <param name="Options">Options of the job to make.</param>
/// <param name="TakenJobId">The job that was taken; nothing is made when it is not the scheduler's newest.</param>
/// <param name="TakenData">Its data, which the jobs that follow get when a repeatable job of BullMQ 5 keeps none in its record.</param>
internal sealed record SchedulerStep(string SchedulerId, long? NextMs, StepOptions Options, string TakenJobId, byte[]? TakenData);
