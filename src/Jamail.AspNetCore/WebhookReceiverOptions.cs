using System.Text.Json;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>How webhooks are received.</summary>
public sealed class WebhookReceiverOptions
{
    private readonly Dictionary<string, ReceiverHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>How the sender signs.</summary>
    /// <value>Default: <see cref="WebhookReceiverScheme.Standard"/>.</value>
    public WebhookReceiverScheme Scheme { get; set; } = WebhookReceiverScheme.Standard;

    /// <summary>The secrets that are valid, as the sender shows them; any match is enough, so that they can be rotated.</summary>
    /// <value>At least one, by the rules of <see cref="WebhookSecret.Parse"/>. Default: empty, which is refused.</value>
    public IList<string> Secrets { get; } = [];

    /// <summary>How far the time of a signature may be from now, either way.</summary>
    /// <value>1 second to 1 hour. Default: 5 minutes. GitHub signs no time.</value>
    public TimeSpan Tolerance { get; set; } = WebhookSignature.DefaultTolerance;

    /// <summary>For how long the id of a webhook is remembered, so that it is handled once however often it is sent.</summary>
    /// <value>Zero to 30 days; zero handles every request and needs no Redis. Default: 24 hours.</value>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a handler may work before the same webhook may be tried again.</summary>
    /// <value>1 second to 1 hour. Default: 1 minute.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest body that is read, in bytes.</summary>
    /// <value>1 to 67,108,864. Default: 1,048,576 (1 MiB).</value>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How bodies are read.</summary>
    /// <value>Default: camel case, numbers also from texts.</value>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    internal IReadOnlyDictionary<string, ReceiverHandler> Handlers => _handlers;

    internal ReceiverHandler? Other { get; private set; }

    /// <summary>Handles webhooks of one type. An exception answers 500, so that the sender tries again.</summary>
    /// <typeparam name="TPayload">What the body is read as.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="handle">Does the work, with the services of the request.</param>
    /// <returns>These options.</returns>
    public WebhookReceiverOptions On<TPayload>(
        string type, Func<ReceivedWebhook<TPayload>, IServiceProvider, CancellationToken, Task> handle)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(handle);
        _handlers[type] = ReceiverHandler.Of(handle);
        return this;
    }

    /// <summary>Handles webhooks of all types that have no handler of their own. Without this they are answered 204 and left alone.</summary>
    /// <typeparam name="TPayload">What the body is read as.</typeparam>
    /// <param name="handle">Does the work, with the services of the request.</param>
    /// <returns>These options.</returns>
    public WebhookReceiverOptions OnOther<TPayload>(Func<ReceivedWebhook<TPayload>, IServiceProvider, CancellationToken, Task> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        Other = ReceiverHandler.Of(handle);
        return this;
    }
}
