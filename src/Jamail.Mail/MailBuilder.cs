using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jamail.Mail;

/// <summary>Chooses the parts of the e-mail pipeline.</summary>
public sealed class MailBuilder
{
    internal MailBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Changes settings after configuration was read.</summary>
    /// <param name="configure">Changes them.</param>
    /// <returns>This builder.</returns>
    public MailBuilder Configure(Action<MailOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sends mails by another transport, whatever <see cref="MailOptions.Mode"/> says.</summary>
    /// <typeparam name="TTransport">Made once.</typeparam>
    /// <returns>This builder.</returns>
    public MailBuilder UseTransport<TTransport>()
        where TTransport : class, IEmailTransport
    {
        Services.Replace(ServiceDescriptor.Singleton<IEmailTransport, TTransport>());
        return this;
    }

    /// <summary>Adds a template engine; templates choose it by its name.</summary>
    /// <typeparam name="TEngine">Made once.</typeparam>
    /// <returns>This builder.</returns>
    public MailBuilder AddTemplateEngine<TEngine>()
        where TEngine : class, ITemplateEngine
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateEngine, TEngine>());
        return this;
    }

    /// <summary>Tells somebody what happens to e-mails and templates.</summary>
    /// <typeparam name="TSink">Made once.</typeparam>
    /// <returns>This builder.</returns>
    public MailBuilder AddEventSink<TSink>()
        where TSink : class, IMailEventSink
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IMailEventSink, TSink>());
        return this;
    }
}
