using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jamail.Mail;

/// <summary>Adds the e-mail pipeline to a host.</summary>
public static class MailServiceCollectionExtensions
{
    /// <summary>Adds templates, mailer, send log and the worker of the e-mail queue. Calling it twice changes nothing.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>Chooses parts of the pipeline.</returns>
    public static MailBuilder AddJamailMail(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<MailOptions>().BindConfiguration("Jamail:Mail").ValidateOnStart();
        services.AddMailSending();
        return new MailBuilder(services);
    }
}
