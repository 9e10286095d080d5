using System.Text.Json.Serialization.Metadata;
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

    /// <summary>
    /// Gives a template the type of what it is filled with: <see cref="IMailTemplate{TModel}"/> sends it, and the host does not start when the
    /// template's current version needs what the type does not have.
    /// </summary>
    /// <typeparam name="TModel">The type; one template for each.</typeparam>
    /// <param name="key">The template's key.</param>
    /// <param name="json">How the type is written: from a source-generated context, as in <c>MailJson.Default.OrderPaid</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The type is written as no JSON object, or has a template already.</exception>
    public MailBuilder AddTemplate<TModel>(string key, JsonTypeInfo<TModel> json)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(json);
        if (json.Kind != JsonTypeInfoKind.Object)
        {
            throw new ArgumentException($"{typeof(TModel).Name} is written as no JSON object, and a template is filled with the members of one.", nameof(json));
        }

        if (Services.Any(service => service.ServiceType == typeof(IMailTemplate<TModel>)))
        {
            throw new ArgumentException($"{typeof(TModel).Name} has a template already; give '{key}' a type of its own.", nameof(key));
        }

        Services.AddSingleton(new TypedTemplate(key, json));
        Services.AddSingleton<IMailTemplate<TModel>>(provider => new MailTemplate<TModel>(key, json, provider.GetRequiredService<IMailer>()));
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
