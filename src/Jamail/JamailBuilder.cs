using Jamail.Mail;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail;

/// <summary>Changes the parts that <c>AddJamail()</c> added.</summary>
public sealed class JamailBuilder
{
    private readonly QueueingBuilder _queueing;
    private readonly MailBuilder _mail;
    private readonly WebhooksBuilder _webhooks;

    internal JamailBuilder(IServiceCollection services, QueueingBuilder queueing, MailBuilder mail, WebhooksBuilder webhooks)
    {
        Services = services;
        _queueing = queueing;
        _mail = mail;
        _webhooks = webhooks;
    }

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds queues and processors of the host's own, or changes the queue's settings.</summary>
    /// <param name="configure">What to add or change.</param>
    /// <returns>This builder.</returns>
    public JamailBuilder Queueing(Action<QueueingBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_queueing);
        return this;
    }

    /// <summary>Changes the e-mail pipeline.</summary>
    /// <param name="configure">What to change.</param>
    /// <returns>This builder.</returns>
    public JamailBuilder Mail(Action<MailBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_mail);
        return this;
    }

    /// <summary>Changes webhooks.</summary>
    /// <param name="configure">What to change.</param>
    /// <returns>This builder.</returns>
    public JamailBuilder Webhooks(Action<WebhooksBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_webhooks);
        return this;
    }

    /// <summary>
    /// For a host that only produces: it accepts e-mails and events and adds jobs, and works none. Another host of the same
    /// Redis and database does.
    /// </summary>
    /// <returns>This builder.</returns>
    public JamailBuilder WithoutWorkers()
    {
        _queueing.WithoutWorkers();
        return this;
    }

    /// <summary>
    /// Adds <see cref="IJobTransactions"/>: own jobs in own transactions, and steps that take effect once. Makes two tables in
    /// the database. Calling it again changes nothing.
    /// </summary>
    /// <returns>This builder.</returns>
    public JamailBuilder UseJobTransactions()
    {
        Services.AddJobTransactions();
        return this;
    }
}
