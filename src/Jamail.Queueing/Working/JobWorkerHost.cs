using Microsoft.Extensions.Hosting;

namespace Jamail.Queueing;

/// <summary>Starts and stops the workers of all queues with the host.</summary>
internal sealed class JobWorkerHost : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
