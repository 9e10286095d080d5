using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail;

/// <summary>Whether e-mails and events can be accepted: the database answers.</summary>
internal sealed class DatabaseHealthCheck(ISendLog log, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await log.ListAsync(new SendLogQuery { PageSize = 1 }, cancellationToken)
                .WaitAsync(Patience, clock, cancellationToken)
                .ConfigureAwait(false);
            return HealthCheckResult.Healthy("The database answers.");
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The database did not answer within {Patience.TotalSeconds} s.");
        }
        catch (StoreUnavailableException)
        {
            return HealthCheckResult.Unhealthy("The database is away; nothing is accepted until it is back.");
        }
    }
}
