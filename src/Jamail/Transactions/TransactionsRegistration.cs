using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jamail;

internal static class TransactionsRegistration
{
    public static void AddJobTransactions(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(IJobTransactions)))
        {
            return;
        }

        services.AddJamailDatabase(new DatabasePackage("job", "Jamail.Transactions", typeof(JobSql)));
        services.AddSingleton<JobSteps>();
        services.AddSingleton<IJobTransactions, JobTransactions>();
        services.AddSingleton(provider => new JobOutboxes(
            provider.GetRequiredService<IJobQueues>(),
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<Statements>(),
            provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            DatabaseRegistration.Logger(provider)));
        services.AddSingleton<IHostedService>(provider => new JobOutboxSweeper(
            provider.GetRequiredService<JobOutboxes>(),
            provider.GetRequiredService<JobSteps>(),
            provider.GetRequiredService<CommitSignal>(),
            provider.GetRequiredService<TimeProvider>(),
            DatabaseRegistration.Logger(provider)));
    }
}
