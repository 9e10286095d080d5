using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>What a host cannot do without, whichever packages it uses.</summary>
internal sealed partial class JamailHostOptionsRules : IValidateOptions<JamailHostOptions>
{
    /// <summary>The other way out when a setting is missing.</summary>
    public const string OrEmbed =
        "or set Jamail:Embedded to true to have it embedded (for one machine; the default in the Development environment).";

    private const int KeyBytes = 32;
    private const int MinApiKeyLength = 16;

    /// <summary>The sentence about a folder that cannot be used.</summary>
    public static string Unusable(string folder, string reason) =>
        $"Jamail:DataDirectory is '{folder}', which cannot be used: {reason} Give a folder that this process may write to.";

    public ValidateOptionsResult Validate(string? name, JamailHostOptions options)
    {
        var failures = new List<string>();
        if (options.Embedded is true)
        {
            Embedded(options, failures);
        }
        else if (string.IsNullOrWhiteSpace(options.Redis))
        {
            failures.Add($"Jamail:Redis is not set: give the address of a Redis server, as in 'localhost:6379', {OrEmbed}");
        }

        ProtectionKeys(options.Keys, failures);
        ApiKeys(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Embedded(JamailHostOptions options, List<string> failures)
    {
        if (new DataDirectory(options.DataDirectory).TryPrepare() is { } refusal)
        {
            failures.Add(Unusable(options.DataDirectory, refusal));
        }

        if (string.IsNullOrWhiteSpace(options.Redis) && RedisBinary.TryFind() is null)
        {
            failures.Add(RedisBinary.HowToGet);
        }
    }

    private static void ProtectionKeys(IList<JamailKey> keys, List<string> failures)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (!KeyId().IsMatch(keys[i].Id))
            {
                failures.Add($"Jamail:Keys:{i}:Id is '{keys[i].Id}' but must be 1 to 32 letters, digits, '-' or '.'; name the key, as in 'k1'.");
            }

            var bytes = new byte[KeyBytes + 1];
            if (!Convert.TryFromBase64String(keys[i].Key, bytes, out var length) || length != KeyBytes)
            {
                failures.Add($"Jamail:Keys:{i}:Key is not base64 of 32 bytes; make one with 'openssl rand -base64 32'.");
            }
        }

        foreach (var id in keys.GroupBy(key => key.Id).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            failures.Add($"Jamail:Keys has more than one key with the id '{id}'; give each key an id of its own.");
        }
    }

    private static void ApiKeys(JamailHostOptions options, List<string> failures)
    {
        foreach (var (name, key) in options.ApiKeys)
        {
            if (key.Key.Length < MinApiKeyLength)
            {
                failures.Add(
                    $"Jamail:ApiKeys:{name}:Key has {key.Key.Length} characters but must have at least {MinApiKeyLength}; " +
                    "make one with 'openssl rand -hex 24'.");
            }

            if (string.IsNullOrWhiteSpace(key.Tenant))
            {
                failures.Add($"Jamail:ApiKeys:{name}:Tenant is empty; name a tenant, or leave it out for 'default'.");
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9.-]{1,32}$")]
    private static partial Regex KeyId();
}
