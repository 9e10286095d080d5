using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jamail.Mail.MailKit;

/// <summary>Sends e-mails with MailKit.</summary>
public static class MailKitMailBuilderExtensions
{
    /// <summary>
    /// Sends by MailKit wherever mails really leave: the server is that of <see cref="SmtpOptions"/>; a sandbox stays one.
    /// </summary>
    /// <param name="mail">The e-mail pipeline.</param>
    /// <param name="configure">Changes settings after section <c>Jamail:Mail:MailKit</c> was read.</param>
    /// <returns>The pipeline.</returns>
    public static MailBuilder AddMailKit(this MailBuilder mail, Action<MailKitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(mail);
        mail.Services.AddOptions<MailKitOptions>()
            .Configure<IServiceProvider>((options, provider) =>
                provider.GetService<IConfiguration>()?.GetSection("Jamail:Mail:MailKit").Bind(options))
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        mail.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailKitOptions>, MailKitOptionsRules>());
        mail.Services.Replace(ServiceDescriptor.Singleton<ISmtpTransports, MailKitTransports>());
        return mail;
    }
}
