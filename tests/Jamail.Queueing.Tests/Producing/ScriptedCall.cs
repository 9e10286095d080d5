namespace Jamail.Queueing.Tests.Producing;

internal sealed record ScriptedCall(JobToAdd[] Jobs, bool IsAlone)
{
    public TaskCompletionSource<AddReply[]> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
