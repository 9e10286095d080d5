namespace Jamail.Mail;

/// <summary>A mail server as this process uses it: its connections, its limits, and whether it serves.</summary>
internal sealed class MailProvider(
    string name, string tenant, int version, IEmailTransport transport, ProviderLimits limits, int connections, TimeProvider clock) : IAsyncDisposable
{
    private int _isDegraded;
    private volatile bool _lacksUtf8;

    public string Name => name;

    public string Tenant => tenant;

    /// <summary>Of its row: another one is another mail server.</summary>
    public int Version => version;

    public IEmailTransport Transport => transport;

    public ProviderLimits Limits => limits;

    /// <summary>Null without a limit for each recipient domain.</summary>
    public DomainLimits? Domains { get; init; }

    public ProviderCircuit Circuit { get; } = new(clock);

    public ProviderPlaces Places { get; } = new(connections);

    public Pacing Pacing { get; } = new(clock);

    public bool SwallowsRepeats { get; init; }

    /// <summary>Whether the server that was spoken to last takes no letters beyond ASCII before the '@'; false where none was.</summary>
    public bool LacksUtf8 => _lacksUtf8;

    public bool IsPaused { get; init; }

    /// <summary>Why somebody paused it.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Null for a transport of the host's own.</summary>
    public SmtpOptions? Options { get; init; }

    /// <summary>What the server offers, in its own words; nothing where that is not known.</summary>
    public void Learn(IReadOnlyList<string> capabilities)
    {
        if (capabilities.Count > 0)
        {
            _lacksUtf8 = !capabilities.Any(line => line.Split(' ')[0].Equals("SMTPUTF8", StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Whether somebody was told that it does not serve; true for the caller that is to tell.</summary>
    public bool BeginsToDegrade() => Interlocked.Exchange(ref _isDegraded, 1) == 0;

    /// <summary>True for the caller that is to tell that it serves again.</summary>
    public bool Recovers() => Interlocked.Exchange(ref _isDegraded, 0) == 1;

    public EmailProvider ToView() => new()
    {
        Name = name,
        Host = Options?.Host,
        Port = Options?.Port ?? 0,
        Security = Options?.Security ?? default,
        Mechanism = Options?.Mechanism ?? default,
        EhloName = Options?.EhloName,
        User = Options?.User,
        HasPassword = !string.IsNullOrEmpty(Options?.Password),
        MaxConnections = connections,
        MaxMessagesPerConnection = Options?.MaxMessagesPerConnection ?? 0,
        MaxConcurrent = Options?.MaxConcurrent,
        RatePerSecond = Options?.RatePerSecond,
        RatePerDomain = Options?.RatePerDomain,
        DailyQuota = Options?.DailyQuota,
        SwallowsRepeats = SwallowsRepeats,
        IsPaused = IsPaused,
        Circuit = Circuit.State,
        Reason = PauseReason ?? Circuit.Reason,
        IsConfigured = version == 0,
    };

    public async ValueTask DisposeAsync()
    {
        await limits.DisposeAsync().ConfigureAwait(false);
        if (version > 0 && transport is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }
}
