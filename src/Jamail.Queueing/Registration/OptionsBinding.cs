using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>Reads options from a section; a host without a configuration has the defaults.</summary>
internal static class OptionsBinding
{
    public static OptionsBuilder<TOptions> BindWhenConfigured<TOptions>(
        this OptionsBuilder<TOptions> builder, string section)
        where TOptions : class =>
        builder.Configure<IServiceProvider>((options, services) =>
            services.GetService<IConfiguration>()?.GetSection(section).Bind(options));
}
