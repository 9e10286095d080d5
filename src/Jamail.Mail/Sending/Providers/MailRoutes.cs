namespace Jamail.Mail;

/// <summary>
/// Finds a connection along the route of a mail's category. The next mail server serves while those before it do not; a server
/// that has merely no place or token left is waited for, but never in a slot.
/// </summary>
internal sealed class MailRoutes(
    MailProviders providers, EmailCategories categories, ISendVerdicts verdicts, ProviderAlerts alerts, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestQuotaWait = TimeSpan.FromHours(1);

    public async Task<RouteEnd> OpenAsync(MailRow row, CancellationToken cancellationToken)
    {
        var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
        var route = await providers.RouteAsync(row, policy, cancellationToken).ConfigureAwait(false);
        TimeSpan? wait = null;
        var reason = "";
        RouteEnd? failed = null;
        foreach (var provider in route)
        {
            var left = provider.IsPaused ? LongestWait : provider.Circuit.Enter();
            if (left > TimeSpan.Zero)
            {
                Shorten(left < LongestWait ? left : LongestWait);
                reason = $"mail server '{provider.Name}' is left alone: {provider.PauseReason ?? provider.Circuit.Reason}";
                continue;
            }

            var end = await OpenAsync(provider, row, cancellationToken).ConfigureAwait(false);
            if (end.IsUsedUp)
            {
                Shorten(end.Wait < LongestQuotaWait ? end.Wait : LongestQuotaWait);
                reason = end.Reason;
                continue;
            }

            if (end.Failure is null)
            {
                if (end.Lease is not null && provider != route[0])
                {
                    alerts.FailedOver(route[0], provider, route[0].PauseReason ?? route[0].Circuit.Reason ?? failed?.Failure?.Text ?? reason);
                }

                return end;
            }

            failed = end;
        }

        return failed ?? RouteEnd.Later(wait ?? LongestWait, reason);

        void Shorten(TimeSpan next) => wait = next < wait || wait is null ? next : wait;
    }

    private async Task<RouteEnd> OpenAsync(MailProvider provider, MailRow row, CancellationToken cancellationToken)
    {
        var isBulk = row.Priority > 0;
        if (!provider.Places.TryEnter(isBulk))
        {
            provider.Circuit.GoesUntried();
            return RouteEnd.Later(provider.Pacing.Next(provider.Places.Connections), $"all connections to '{provider.Name}' were busy");
        }

        var isTaken = false;
        try
        {
            if (provider.Domains is { } domains && await domains.TakeAsync(row.ToDomain, isBulk).ConfigureAwait(false) is { IsGranted: false } slow)
            {
                provider.Circuit.GoesUntried();
                return RouteEnd.Later(slow.Wait, $"the limit of '{provider.Name}' for the recipient's domain was reached");
            }

            var permit = await provider.Limits.TakeAsync(isBulk, cancellationToken).ConfigureAwait(false);
            if (!permit.IsGranted)
            {
                provider.Circuit.GoesUntried();
                return permit.IsUsedUp ? RouteEnd.UsedUp(permit.Wait, $"the quota of '{provider.Name}' for today is used up") : RouteEnd.Later(permit.Wait, $"the limit of '{provider.Name}' was reached");
            }

            var lease = await OpenAsync(provider, cancellationToken).ConfigureAwait(false);
            isTaken = lease.Connection is not null;
            return isTaken
                ? RouteEnd.Connected(new ProviderLease(provider, lease.Connection!, alerts, clock)) // One has it, or the failure.
                : Failed(provider, lease.Failure!, cancellationToken);
        }
        catch
        {
            provider.Circuit.GoesUntried();
            throw;
        }
        finally
        {
            if (!isTaken)
            {
                provider.Places.Leave();
            }
        }
    }

    private static async Task<TransportLease> OpenAsync(MailProvider provider, CancellationToken cancellationToken)
    {
        var isOpen = false;
        try
        {
            var lease = await provider.Transport.OpenAsync(cancellationToken).ConfigureAwait(false);
            isOpen = lease.Connection is not null;
            provider.Learn(lease.Connection?.Capabilities ?? []);
            return lease;
        }
        finally
        {
            if (!isOpen)
            {
                provider.Limits.Done(accepted: false);
            }
        }
    }

    private RouteEnd Failed(MailProvider provider, TransportResult failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is { Phase: SendPhase.Lease, Fault: TransportFault.TimedOut })
        {
            // Others are being served, slowly: nothing was tried.
            provider.Circuit.GoesUntried();
            return RouteEnd.Later(
                provider.Pacing.Next(provider.Places.Connections), failure.Text ?? $"all connections to '{provider.Name}' were busy");
        }

        var verdict = verdicts.Judge(failure, provider.Name);
        alerts.Failed(provider, verdict.Reason, atOnce: verdict.Class == "provider-config");
        if (verdict.Class is "throttle" or "connection-limit")
        {
            provider.Limits.Throttled();
        }

        return RouteEnd.Failed(provider.Name, failure);
    }
}
