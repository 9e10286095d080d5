using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jamail.Queueing;

/// <summary>Tells the host how one queue is worked and shown.</summary>
public sealed class QueueBuilder
{
    private readonly QueueingBuilder _queueing;
    private readonly QueueRegistration _queue;

    internal QueueBuilder(QueueingBuilder queueing, QueueRegistration queue)
    {
        _queueing = queueing;
        _queue = queue;
    }

    /// <summary>The queue.</summary>
    public QueueName Name => _queue.Name;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services => _queueing.Services;

    /// <summary>Gives jobs of one name to a processor. Adding the same one again changes nothing.</summary>
    /// <typeparam name="TPayload">What the jobs carry; <see cref="RawJson"/> to read the stored JSON itself.</typeparam>
    /// <typeparam name="TProcessor">The processor; made for every job in a scope of its own.</typeparam>
    /// <param name="jobName">The name that producers add the jobs with.</param>
    /// <returns>This builder.</returns>
    public QueueBuilder AddProcessor<TPayload, TProcessor>(string jobName)
        where TProcessor : class, IJobProcessor<TPayload>
    {
        ArgumentNullException.ThrowIfNull(jobName);
        return Add(new ProcessorBinding<TPayload, TProcessor>(jobName));
    }

    /// <summary>Gives every job that no other processor of this queue is named for to a processor.</summary>
    /// <typeparam name="TPayload">What the jobs carry; <see cref="RawJson"/> to read the stored JSON itself.</typeparam>
    /// <typeparam name="TProcessor">The processor; made for every job in a scope of its own.</typeparam>
    /// <returns>This builder.</returns>
    public QueueBuilder AddProcessor<TPayload, TProcessor>()
        where TProcessor : class, IJobProcessor<TPayload> =>
        Add(new ProcessorBinding<TPayload, TProcessor>(null));

    /// <summary>
    /// Brings payloads of one version to the next before their processor gets them (<see cref="PayloadVersionAttribute"/>). A
    /// payload without a version is version 1.
    /// </summary>
    /// <typeparam name="TUpcaster">The upcaster; made for every such job in its scope.</typeparam>
    /// <param name="jobName">Jobs of this name.</param>
    /// <param name="fromVersion">Payloads of this version; 1 or more, and less than the processor's.</param>
    /// <returns>This builder.</returns>
    public QueueBuilder AddUpcaster<TUpcaster>(string jobName, int fromVersion)
        where TUpcaster : class, IPayloadUpcaster
    {
        ArgumentNullException.ThrowIfNull(jobName);
        var upcaster = new UpcasterBinding(jobName, fromVersion, typeof(TUpcaster));
        if (!_queue.Upcasters.Contains(upcaster))
        {
            _queue.Upcasters.Add(upcaster);
            Services.TryAddTransient<TUpcaster>();
        }

        return this;
    }

    /// <summary>Shows a member of the payload as <c>***</c> wherever jobs are looked at; processors see its value.</summary>
    /// <param name="member">The member's name in JSON, at any depth; compared exactly.</param>
    /// <returns>This builder.</returns>
    public QueueBuilder MaskDataMember(string member)
    {
        ArgumentException.ThrowIfNullOrEmpty(member);
        _queue.MaskedMembers.Add(member);
        return this;
    }

    /// <summary>
    /// Runs something in each host before its worker takes the first job of this queue. While it throws, the worker takes
    /// none, says why in the log, and tries again after half a second.
    /// </summary>
    /// <param name="check">Gets the host's services, and a token that fires when the host stops.</param>
    /// <returns>This builder.</returns>
    public QueueBuilder BeforeWork(Func<IServiceProvider, CancellationToken, Task> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        _queue.BeforeWork.Add(check);
        return this;
    }

    /// <summary>Lets a strategy say how long failed jobs of this queue wait, when they ask for it (<see cref="Backoff.Custom"/>).</summary>
    /// <typeparam name="TStrategy">The strategy; made once for the host.</typeparam>
    /// <param name="type">The type of back-off, as jobs name it; not <c>fixed</c>, <c>exponential</c> or <c>schedule</c>.</param>
    /// <returns>This builder.</returns>
    public QueueBuilder AddBackoff<TStrategy>(string type)
        where TStrategy : class, IBackoffStrategy
    {
        JobOptionsRules.Check("backoff", new JobOptions { Backoff = new Backoff.Custom(type) });
        _queue.Backoffs[type] = typeof(TStrategy);
        Services.TryAddSingleton<TStrategy>();
        return this;
    }

    /// <inheritdoc cref="QueueingBuilder.AddQueue"/>
    public QueueBuilder AddQueue(QueueName name, Action<JobWorkerOptions>? worker = null) =>
        _queueing.AddQueue(name, worker);

    private QueueBuilder Add(ProcessorBinding binding)
    {
        _queue.Add(binding);
        Services.TryAddTransient(binding.ProcessorType);
        return this;
    }
}
