using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>
/// The host's settings, whether they are right or not: a host whose own settings are wrong is told of its mail settings at
/// the same time, and not at the next start.
/// </summary>
internal static class HostAsSet
{
    public static IOptions<JamailHostOptions> Read(IServiceProvider services) => Options.Create(
        new OptionsFactory<JamailHostOptions>(
            services.GetServices<IConfigureOptions<JamailHostOptions>>(),
            services.GetServices<IPostConfigureOptions<JamailHostOptions>>()).Create(Options.DefaultName));
}
