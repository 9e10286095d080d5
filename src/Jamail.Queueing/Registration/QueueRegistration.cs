namespace Jamail.Queueing;

/// <summary>What the host said about one queue.</summary>
internal sealed class QueueRegistration(QueueName name)
{
    private readonly List<ProcessorBinding> _processors = [];

    public QueueName Name { get; } = name;

    public bool HasWorkerSettings { get; set; }

    public IReadOnlyList<ProcessorBinding> Processors => _processors;

    /// <summary>Runs before the worker takes its first job; as long as one throws, the worker waits.</summary>
    public List<Func<IServiceProvider, CancellationToken, Task>> BeforeWork { get; } = [];

    /// <summary>Back-offs of the host's own: type on the wire to class.</summary>
    public Dictionary<string, Type> Backoffs { get; } = new(StringComparer.Ordinal);

    public List<UpcasterBinding> Upcasters { get; } = [];

    public HashSet<string> MaskedMembers { get; } = new(StringComparer.Ordinal);

    public void Add(ProcessorBinding binding)
    {
        if (!_processors.Exists(known => known.JobName == binding.JobName
            && known.ProcessorType == binding.ProcessorType
            && known.PayloadType == binding.PayloadType))
        {
            _processors.Add(binding);
        }
    }
}
