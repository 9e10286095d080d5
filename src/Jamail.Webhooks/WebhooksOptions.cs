using System.ComponentModel.DataAnnotations;

namespace Jamail.Webhooks;

/// <summary>Settings of webhooks. Section <c>Jamail:Webhooks</c>.</summary>
public sealed class WebhooksOptions
{
    /// <summary>The queue that deliveries wait in.</summary>
    public const string QueueName = "webhook-delivery";

    /// <summary>The waits after a failed attempt; one more attempt than waits is made.</summary>
    /// <value>Up to 30 waits, each zero to 7 days. Default: empty, which means 1, 5 and 15 minutes.</value>
    public IList<TimeSpan> RetrySchedule { get; } = [];

    /// <summary>The named schedule that counts while <see cref="RetrySchedule"/> is empty.</summary>
    /// <value>Default: <see cref="WebhookSchedule.Compat"/>.</value>
    public WebhookSchedule Schedule { get; set; } = WebhookSchedule.Compat;

    /// <summary>How many deliveries are under way at the same time in this process.</summary>
    /// <value>1 to 10,000. Default: 100.</value>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 100;

    /// <summary>Most requests to one endpoint under way at the same time, over all hosts.</summary>
    /// <value>1 to 1,000. Default: 10.</value>
    [Range(1, 1_000)]
    public int MaxInFlight { get; set; } = 10;

    /// <summary>Most requests of one tenant under way at the same time, over all hosts.</summary>
    /// <value>0 to 100,000. Default: 0, which is no limit.</value>
    [Range(0, 100_000)]
    public int MaxInFlightPerTenant { get; set; }

    /// <summary>Most endpoints of one tenant.</summary>
    /// <value>0 to 1,000,000; 0 is no limit. Default: 20.</value>
    [Range(0, 1_000_000)]
    public int MaxEndpointsPerTenant { get; set; } = 20;

    /// <summary>
    /// How many failures in a row open the circuit of an endpoint. It also opens when 70 % of at least 20 requests of the
    /// last 5 minutes failed. While it is open deliveries wait, and keep their attempts.
    /// </summary>
    /// <value>1 to 1,000. Default: 10.</value>
    [Range(1, 1_000)]
    public int CircuitFailures { get; set; } = 10;

    /// <summary>For how long a circuit opens at first; each time that the request which probes it fails, twice as long.</summary>
    /// <value>100 ms to 1 hour. Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CircuitOpen { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long a circuit opens at most.</summary>
    /// <value>100 ms to 24 hours. Default: 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CircuitOpenAtMost { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// After how long without one success, and at least 10 failures, an endpoint is disabled. Its owner is told at a fifth of
    /// it (a day at most), at half, at nine tenths, and then.
    /// </summary>
    /// <value>1 second to 365 days; zero never disables. Default: 5 days.</value>
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>How long one attempt may take: name lookup, connection, TLS, request and answer together.</summary>
    /// <value>100 ms to 60 seconds. Default: 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest payload, in bytes of canonical JSON.</summary>
    /// <value>1 to 16,777,216. Default: 262,144 (256 KiB).</value>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxPayloadBytes { get; set; } = 256 * 1024;

    /// <summary>Whether endpoints may be <c>http</c>.</summary>
    /// <value>Default: <see langword="null"/>: only those whose address is in <see cref="AllowedNetworks"/>.</value>
    public bool? AllowHttp { get; set; }

    /// <summary>Private or own addresses that may be called all the same. Cloud metadata addresses never are.</summary>
    /// <value>CIDR blocks (<c>10.1.0.0/16</c>, <c>fd00:1::/64</c>), single addresses, exact host names. Default: empty.</value>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Ports that may be called.</summary>
    /// <value>Numbers and ranges. Default: empty, which means 443, 80, 8443 and 1024-65535.</value>
    public IList<string> AllowedPorts { get; } = [];

    /// <summary>Which signature headers requests carry.</summary>
    /// <value>Default: <see cref="WebhookSignatureProfile.Dual"/>.</value>
    public WebhookSignatureProfile SignatureProfile { get; set; } = WebhookSignatureProfile.Dual;

    /// <summary>The name of the header with the hex signature.</summary>
    /// <value>A header name that no other part of the request uses. Default: <c>X-Jamail-Signature</c>.</value>
    [Required]
    public string SignatureHeader { get; set; } = "X-Jamail-Signature";

    /// <summary>
    /// Whether workers in other languages may take jobs: then job data is complete, with payload and secret. Else both
    /// stay in the database and the jobs have another name.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool NodeWorkers { get; set; } = true;

    /// <summary>Whether requests carry the header <c>traceparent</c>, so that the receiver's trace continues ours.</summary>
    /// <value>Default: <see langword="false"/>: the ids of a trace stay in the house.</value>
    public bool SendTraceParent { get; set; }

    /// <summary>How long attempts are kept.</summary>
    /// <value>1 hour to 10 years. Default: 30 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepAttempts { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long payloads of events are kept, unless the publisher says; a resend needs the payload.</summary>
    /// <value>1 hour to 10 years. Default: 30 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepPayloads { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether a payload is removed as soon as every endpoint that it was for has it. It cannot be sent again then. A completed job keeps its copy in
    /// Redis for up to an hour, unless <see cref="NodeWorkers"/> is off.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool DeletePayloadOnSuccess { get; set; }

    /// <summary>How long deliveries that have come to their end, and then their events, are kept.</summary>
    /// <value>1 hour to 10 years. Default: 90 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepDeliveries { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often deliveries are compared with the queue, so that none is forgotten.</summary>
    /// <value>250 ms to 10 minutes. Default: 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.250", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);
}
