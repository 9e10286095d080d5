namespace Jamail.Queueing;

internal sealed class ProcessorBinding<TPayload, TProcessor>(string? jobName)
    : ProcessorBinding(jobName, typeof(TPayload), typeof(TProcessor))
    where TProcessor : class, IJobProcessor<TPayload>
{
}
