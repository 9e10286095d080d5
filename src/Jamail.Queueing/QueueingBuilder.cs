using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jamail.Queueing;

/// <summary>Tells the host its queues.</summary>
public sealed class QueueingBuilder
{
    private readonly QueueRegistry _registry;

    internal QueueingBuilder(IServiceCollection services, QueueRegistry registry)
    {
        Services = services;
        _registry = registry;
    }

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Makes a queue known: its producer, inspector, maintenance, events, schedulers, limits and fetcher can be injected by its name as key
    /// (<c>[FromKeyedServices("images")] IJobQueue</c>). It is worked as soon as it has a processor.
    /// </summary>
    /// <param name="name">The queue.</param>
    /// <param name="worker">
    /// Settings of its worker; runs after section <c>Jamail:Queueing:Workers:&lt;queue&gt;</c> has been read. A package
    /// that wants settings to win over its own configures <see cref="JobWorkerOptions"/> by the queue's name before it
    /// adds the queue.
    /// </param>
    /// <returns>The builder of this queue.</returns>
    public QueueBuilder AddQueue(QueueName name, Action<JobWorkerOptions>? worker = null)
    {
        if (name.Value.Length == 0)
        {
            throw new ArgumentException("The queue name is empty; give it at least one character.", nameof(name));
        }

        var queue = _registry.Find(name);
        if (queue is null)
        {
            queue = _registry.Add(name);
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Get(name));
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Inspect(name));
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Events(name));
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Schedulers(name));
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Limits(name));
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Maintain(name));
            Services.TryAddKeyedSingleton(
                name.Value, (services, _) => services.GetRequiredService<IJobQueues>().Fetch(name));
            Services.AddOptions<JobWorkerOptions>(name.Value)
                .BindWhenConfigured($"Jamail:Queueing:Workers:{name}")
                .ValidateOnStart();
        }

        if (worker is not null)
        {
            queue.HasWorkerSettings = true;
            Services.Configure(name.Value, worker);
        }

        return new QueueBuilder(this, queue);
    }

    /// <summary>For a host that only adds and inspects: no queue is worked in it, whatever processors it knows.</summary>
    /// <returns>This builder.</returns>
    public QueueingBuilder WithoutWorkers()
    {
        _registry.WithoutWorkers = true;
        return this;
    }

    /// <summary>Puts a middleware around every add of this host. The first added is outermost; adding it again changes nothing.</summary>
    /// <typeparam name="TMiddleware">The middleware; one object for the host.</typeparam>
    /// <returns>This builder.</returns>
    public QueueingBuilder UseOnAdd<TMiddleware>()
        where TMiddleware : class, IJobAddMiddleware
    {
        Services.TryAddSingleton<TMiddleware>();
        return Use<TMiddleware>(_registry.AddMiddleware);
    }

    /// <summary>Puts a middleware around every processor of this host. The first added is outermost; adding it again changes nothing.</summary>
    /// <typeparam name="TMiddleware">The middleware; made for every job in its scope.</typeparam>
    /// <returns>This builder.</returns>
    public QueueingBuilder UseOnProcess<TMiddleware>()
        where TMiddleware : class, IJobProcessMiddleware
    {
        Services.TryAddScoped<TMiddleware>();
        return Use<TMiddleware>(_registry.ProcessMiddleware);
    }

    /// <summary>Changes the settings of all queues, after section <c>Jamail:Queueing</c> has been read.</summary>
    /// <param name="configure">The changes.</param>
    /// <returns>This builder.</returns>
    public QueueingBuilder Configure(Action<QueueingOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    private QueueingBuilder Use<TMiddleware>(List<Type> middleware)
    {
        if (!middleware.Contains(typeof(TMiddleware)))
        {
            middleware.Add(typeof(TMiddleware));
        }

        return this;
    }
}
