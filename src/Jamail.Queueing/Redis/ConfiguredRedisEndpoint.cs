using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>The Redis of the settings.</summary>
internal sealed class ConfiguredRedisEndpoint(IOptions<JamailHostOptions> options) : IRedisEndpoint
{
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(options.Value.Redis)
            ? throw new OptionsValidationException(
                nameof(JamailHostOptions.Redis),
                typeof(JamailHostOptions),
                ["Jamail:Redis is not set, and without it there is no queue; give 'host:6379' or 'redis://:password@host:6379'."])
            : ValueTask.FromResult(options.Value.Redis);
}
