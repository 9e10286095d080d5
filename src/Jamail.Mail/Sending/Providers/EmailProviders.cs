namespace Jamail.Mail;

/// <summary>Steers the mail servers.</summary>
internal sealed class EmailProviders(
    MailProviders providers, ProviderStore store, ProviderFactory factory, TimeProvider clock) : IEmailProviders
{
    public async Task<IReadOnlyList<EmailProvider>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        [.. (await providers.ListAsync(tenant, cancellationToken).ConfigureAwait(false)).Select(provider => provider.ToView())];

    public async Task<EmailProvider?> TryGetAsync(string name, string tenant, CancellationToken cancellationToken) =>
        (await providers.FindAsync(name, tenant, cancellationToken).ConfigureAwait(false))?.ToView();

    public async Task<EmailProvider> SaveAsync(EmailProviderDraft draft, string tenant, CancellationToken cancellationToken)
    {
        await store.SaveAsync(draft, tenant, cancellationToken).ConfigureAwait(false);
        providers.Forget(tenant);
        return (await providers.FindAsync(draft.Name, tenant, cancellationToken).ConfigureAwait(false))!.ToView(); // Just stored.
    }

    public async Task<bool> DeleteAsync(string name, string tenant, CancellationToken cancellationToken)
    {
        var isDone = await store.DeleteAsync(name, tenant, cancellationToken).ConfigureAwait(false);
        providers.Forget(tenant);
        return isDone;
    }

    public async Task<bool> PauseAsync(string name, string? reason, string tenant, CancellationToken cancellationToken)
    {
        var isDone = await store.SetStatusAsync(
            name, tenant, ProviderRow.Paused, reason ?? "paused by hand", cancellationToken).ConfigureAwait(false);
        providers.Forget(tenant);
        return isDone;
    }

    public async Task<bool> ResumeAsync(string name, string tenant, CancellationToken cancellationToken)
    {
        if (name != MailProviders.Configured)
        {
            var isDone = await store.SetStatusAsync(name, tenant, ProviderRow.Active, null, cancellationToken).ConfigureAwait(false);
            providers.Forget(tenant);
            return isDone;
        }

        (await providers.FindAsync(name, tenant, cancellationToken).ConfigureAwait(false))!.Circuit.Succeeded(); // It is always there.
        return true;
    }

    public async Task<ProviderVerification?> VerifyAsync(string name, string tenant, CancellationToken cancellationToken)
    {
        if (await providers.FindAsync(name, tenant, cancellationToken).ConfigureAwait(false) is not { } provider)
        {
            return null;
        }

        var at = clock.GetTimestamp();
        if (provider.Options is null)
        {
            return Answer(await TryAsync(provider.Transport, cancellationToken).ConfigureAwait(false));
        }

        var fresh = factory.Fresh(provider);
        await using var _ = fresh.ConfigureAwait(false);
        return Answer(await TryAsync(fresh, cancellationToken).ConfigureAwait(false));

        ProviderVerification Answer((TransportResult? Failure, IReadOnlyList<string> Capabilities) tried)
        {
            var failure = tried.Failure;
            cancellationToken.ThrowIfCancellationRequested();
            var tookMs = (int)clock.GetElapsedTime(at).TotalMilliseconds;
            return failure is null
                ? new ProviderVerification(true, SendPhase.Auth, TransportFault.None, $"{provider.Transport.Name} answers.", tookMs) { Capabilities = tried.Capabilities }
                : new ProviderVerification(false, failure.Phase, failure.Fault, failure.Text ?? failure.Fault.ToString(), tookMs);
        }
    }

    private static async Task<(TransportResult? Failure, IReadOnlyList<string> Capabilities)> TryAsync(IEmailTransport transport, CancellationToken cancellationToken)
    {
        var lease = await transport.OpenAsync(cancellationToken).ConfigureAwait(false);
        var capabilities = lease.Connection?.Capabilities ?? [];
        if (lease.Connection is not { } connection)
        {
            return (lease.Failure, capabilities);
        }

        await using var _ = connection.ConfigureAwait(false);
        return (await connection.ProbeAsync(cancellationToken).ConfigureAwait(false), capabilities);
    }
}
