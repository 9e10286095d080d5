namespace Jamail.Queueing;

/// <summary>Finds the processor of a job.</summary>
internal sealed class ProcessorMap
{
    private readonly Dictionary<string, ProcessorBinding> _byName = new(StringComparer.Ordinal);
    private readonly ProcessorBinding? _ofAnyName;

    public ProcessorMap(IEnumerable<ProcessorBinding> bindings)
    {
        foreach (var binding in bindings)
        {
            if (binding.JobName is { } name)
            {
                _byName.TryAdd(name, binding);
            }
            else
            {
                _ofAnyName ??= binding;
            }
        }
    }

    /// <returns>Null when no processor is there for jobs of this name.</returns>
    public ProcessorBinding? Find(string jobName) =>
        _byName.TryGetValue(jobName, out var binding) ? binding : _ofAnyName;

    public string Unknown(string jobName, QueueName queue) =>
        $"No processor for job name '{jobName}' on queue '{queue}'; this worker knows " +
        $"{string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}. " +
        "Add the job with one of these names, or add a processor for it.";
}
