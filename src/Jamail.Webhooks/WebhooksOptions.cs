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

    /// <summary>How many deliveries are under way at the same time in this process.</summary>
    /// <value>1 to 10,000. Default: 50.</value>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 50;

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

    /// <summary>How often deliveries are compared with the queue, so that none is forgotten.</summary>
    /// <value>250 ms to 10 minutes. Default: 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.250", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);
}
