using Jamail.TestSupport;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail.Tests.Support;

/// <summary>What a <see cref="MailHost"/> is made of. Two hosts of equal settings are two processes of one system.</summary>
internal sealed record MailHostSettings
{
    public required string Database { get; init; }

    public required string Redis { get; init; }

    public required string Prefix { get; init; }

    public required string Folder { get; init; }

    public SmtpSink? Sink { get; init; }

    public bool Works { get; init; } = true;

    public bool NodeWorkers { get; init; } = true;

    public int Concurrency { get; init; } = 20;

    public TimeSpan Sweep { get; init; } = TimeSpan.FromMilliseconds(400);

    public TimeSpan Lock { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Stalled { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Claim { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits of the category default after temporary refusals; null leaves the category as it is.</summary>
    public IReadOnlyList<TimeSpan>? Defer { get; init; } = [TimeSpan.FromMilliseconds(50)];

    /// <summary>Of the category default.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Of the category default.</summary>
    public UncertainPolicy Uncertain { get; init; } = UncertainPolicy.Hold;

    /// <summary>Of the category default.</summary>
    public TimeSpan ReconcileWait { get; init; } = TimeSpan.FromMilliseconds(300);

    public IReadOnlyDictionary<string, string?> More { get; init; } = new Dictionary<string, string?>();

    public Action<MailBuilder>? Configure { get; init; }

    public ILoggerProvider? Logs { get; init; }

    public IReadOnlyDictionary<string, string?> Configuration()
    {
        var values = new Dictionary<string, string?>
        {
            ["Jamail:Redis"] = Redis,
            ["Jamail:Database"] = Database,
            ["Jamail:DataDirectory"] = Folder,
            ["Jamail:Keys:0:Id"] = "test",
            ["Jamail:Keys:0:Key"] = Convert.ToBase64String(new byte[32]),
            ["Jamail:Queueing:Prefix"] = Prefix,
            ["Jamail:Queueing:Workers:email-sending:LockDuration"] = Lock.ToString("c"),
            ["Jamail:Queueing:Workers:email-sending:StalledInterval"] = Stalled.ToString("c"),
            ["Jamail:Mail:From"] = "Jamail <mail@example.com>",
            ["Jamail:Mail:Concurrency"] = Concurrency.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Jamail:Mail:NodeWorkers"] = NodeWorkers.ToString(),
            ["Jamail:Mail:SweepInterval"] = Sweep.ToString("c"),
            ["Jamail:Mail:ClaimDuration"] = Claim.ToString("c"),
            ["Jamail:Mail:Backoff"] = Backoff.ToString("c"),
            ["Jamail:Mail:Mode"] = Sink is null ? "Sandbox" : "Live",
        };
        if (Sink is not null)
        {
            values["Jamail:Mail:Smtp:Host"] = Sink.Host;
            values["Jamail:Mail:Smtp:Port"] = Sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            values["Jamail:Mail:Smtp:Security"] = "None";
            values["Jamail:Mail:Smtp:EhloName"] = "tests.example.com";
        }

        foreach (var (key, value) in More)
        {
            values[key] = value;
        }

        return values;
    }
}
