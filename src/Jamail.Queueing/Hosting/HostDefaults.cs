using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>
/// Completes the host's settings, so that whoever reads them finds an absolute <see cref="JamailHostOptions.DataDirectory"/>
/// and, where the host embeds, a database and keys.
/// </summary>
internal sealed class HostDefaults(IServiceProvider services) : IPostConfigureOptions<JamailHostOptions>
{
    public void PostConfigure(string? name, JamailHostOptions options)
    {
        var environment = services.GetService<IHostEnvironment>();
        options.Embedded ??= environment?.IsDevelopment() ?? false;
        options.DataDirectory = Path.GetFullPath(
            string.IsNullOrWhiteSpace(options.DataDirectory) ? ".jamail" : options.DataDirectory,
            environment?.ContentRootPath ?? AppContext.BaseDirectory);
        if (options.Embedded is true)
        {
            Embed(options);
        }
    }

    private static void Embed(JamailHostOptions options)
    {
        var directory = new DataDirectory(options.DataDirectory);
        if (directory.TryPrepare() is not null)
        {
            return; // The rules report it, with all else that is wrong.
        }

        if (string.IsNullOrWhiteSpace(options.Database))
        {
            options.Database = $"Data Source={directory.Database}";
        }

        if (options.Keys.Count == 0)
        {
            options.Keys.Add(EmbeddedKey.ReadOrMake(directory.Key));
        }
    }
}
