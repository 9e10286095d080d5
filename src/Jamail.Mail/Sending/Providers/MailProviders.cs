using System.Collections.Concurrent;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The mail servers of this process: the configured one, and those of the table, read again every few seconds.</summary>
internal sealed class MailProviders : IAsyncDisposable
{
    /// <summary>The name of the one of the host's settings.</summary>
    public const string Configured = "default";

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);
    private readonly ProviderStore _store;
    private readonly ProviderFactory _factory;
    private readonly TimeProvider _clock;
    private readonly MailProvider _configured;
    private readonly bool _isSandbox;

    public MailProviders(ProviderStore store, ProviderFactory factory, IEmailTransport transport, TimeProvider clock)
    {
        (_store, _factory, _clock) = (store, factory, clock);
        _configured = factory.Configured(transport);
        _isSandbox = transport is DevInboxTransport;
    }

    /// <summary>Those in use by this process so far.</summary>
    public IEnumerable<MailProvider> Known => _tenants.Values.SelectMany(tenant => tenant.All).Prepend(_configured);

    /// <summary>The mail servers to try for a mail, in order; never empty.</summary>
    public async ValueTask<IReadOnlyList<MailProvider>> RouteAsync(MailRow row, EmailCategory policy, CancellationToken cancellationToken)
    {
        if (_isSandbox)
        {
            return [_configured];
        }

        var others = await OthersAsync(row.TenantId, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> names = row.WantedProvider is { } wanted ? [wanted] : policy.Route;
        var route = names
            .Select(name => name == Configured ? _configured : others.FirstOrDefault(provider => provider.Name == name))
            .OfType<MailProvider>()
            .ToList();
        if (route.Count == 0)
        {
            route.Add(_configured);
        }

        // Only the server that may have it already can know it again.
        return (row.State == EmailStatus.Uncertain || row.Resends > 0) && others.Prepend(_configured).FirstOrDefault(provider => provider.Name == row.Provider) is { } same
            ? [same]
            : route;
    }

    public async ValueTask<MailProvider?> FindAsync(string name, string tenant, CancellationToken cancellationToken) =>
        name == Configured
            ? _configured
            : (await OthersAsync(tenant, cancellationToken).ConfigureAwait(false)).FirstOrDefault(provider => provider.Name == name);

    public async ValueTask<IReadOnlyList<MailProvider>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        [_configured, .. await OthersAsync(tenant, cancellationToken).ConfigureAwait(false)];

    /// <summary>Whether there is a mail server of this name for a mail to go by.</summary>
    public async ValueTask CheckAsync(string name, string tenant, List<InputProblem> problems, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, tenant, cancellationToken).ConfigureAwait(false) is null)
        {
            problems.Add(new InputProblem(
                "provider", $"There is no mail server '{MailInput.Shown(name)}'.", "Give the name of one that was added, 'default', or leave it out."));
        }
    }

    /// <summary>Reads them again at the next use.</summary>
    public void Forget(string tenant)
    {
        if (_tenants.TryGetValue(tenant, out var known))
        {
            known.ReadAt = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in Known)
        {
            await provider.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<IReadOnlyList<MailProvider>> OthersAsync(string name, CancellationToken cancellationToken)
    {
        var tenant = _tenants.GetOrAdd(name, _ => new Tenant());
        if (tenant.ReadAt is { } at && _clock.GetElapsedTime(at) < KeptFor)
        {
            return tenant.All;
        }

        await tenant.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (tenant.ReadAt is { } now && _clock.GetElapsedTime(now) < KeptFor)
            {
                return tenant.All;
            }

            var asked = _clock.GetTimestamp();
            var rows = await _store.ListAsync(name, cancellationToken).ConfigureAwait(false);
            var old = tenant.All;
            tenant.All = [.. rows.Select(row =>
                old.FirstOrDefault(known => known.Name == row.Name && known.Version == row.RowVersion) ?? _factory.Create(row))];
            tenant.ReadAt = asked;
            foreach (var replaced in old.Except(tenant.All))
            {
                await replaced.DisposeAsync().ConfigureAwait(false);
            }

            return tenant.All;
        }
        finally
        {
            tenant.Gate.Release();
        }
    }

    private sealed class Tenant
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long? ReadAt { get; set; }

        public IReadOnlyList<MailProvider> All { get; set; } = [];
    }
}
