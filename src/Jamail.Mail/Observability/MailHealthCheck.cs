using System.Globalization;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.Mail;

/// <summary>Whether mails go out: how long the oldest one has been due, which mail servers do not serve, how many mails are in doubt.</summary>
internal sealed class MailHealthCheck(Database database, Statements statements, MailProviders providers, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        MailBacklog backlog;
        try
        {
            backlog = await database.ReadAsync(
                (connection, token) => statements.FirstAsync<MailBacklog>(connection, MailSql.MeasureBacklog, new { now = clock.UnixMs() }, token),
                cancellationToken).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false) ?? new MailBacklog();
        }
        catch (Exception fault) when (fault is StoreUnavailableException or TimeoutException)
        {
            return HealthCheckResult.Degraded("The database does not tell what waits.");
        }

        var age = backlog.OldestDueAt is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, clock.UnixMs() - due)) : TimeSpan.Zero;
        var away = providers.Known.Where(provider => provider.IsPaused || provider.Circuit.State != "closed").Select(provider => provider.Name).ToList();
        var data = new Dictionary<string, object>
        {
            ["oldest mail due, s"] = Math.Round(age.TotalSeconds),
            ["mails in doubt"] = backlog.Uncertain,
            ["mail servers that do not serve"] = string.Join(", ", away),
        };
        if (away.Count > 0)
        {
            return HealthCheckResult.Degraded($"Mail servers do not serve: {string.Join(", ", away)}.", data: data);
        }

        return age > Late
            ? HealthCheckResult.Degraded(
                $"The oldest mail has been due for {age.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes; workers or mail servers do not keep up.",
                data: data)
            : HealthCheckResult.Healthy("Mails go out.", data);
    }
}
