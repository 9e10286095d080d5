using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// Reads <see cref="JamailHostOptions.Redis"/>. StackExchange.Redis 1.2.6 reads a redis:// address as nothing, without an
/// error, so those are read here. No message repeats the text: it may hold a password.
/// </summary>
internal static class RedisConnectionText
{
    private const string NeedsNewerClient =
        "Jamail:Redis names a user, which needs a newer StackExchange.Redis than this build has; " +
        "give the password of the default user, or build with StackExchangeRedisVersion 2.13 or later.";

    /// <exception cref="FormatException">The text names no server; the message says why.</exception>
    public static ConfigurationOptions Parse(string text)
    {
        var isTls = text.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase);
        if (isTls || text.StartsWith("redis://", StringComparison.OrdinalIgnoreCase))
        {
            return ParseAddress(text, isTls);
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new FormatException("Jamail:Redis has an unknown scheme; give redis://…, rediss://… or 'host:6379,…'.");
        }

        foreach (var part in text.Split(','))
        {
            if (part.Trim().StartsWith("user=", StringComparison.OrdinalIgnoreCase))
            {
                throw new FormatException(NeedsNewerClient);
            }
        }

        return ParseNative(text);
    }

    private static ConfigurationOptions ParseNative(string text)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new FormatException(
                "Jamail:Redis cannot be read; give 'host:port' and then options of StackExchange.Redis, as in " +
                "'cache.example:6379,password=…,ssl=true', or redis://:password@host:port.");
        }

        if (options.EndPoints.Count == 0)
        {
            throw new FormatException("Jamail:Redis names no server; give 'host:port' first, options after it.");
        }

        return options;
    }

    private static ConfigurationOptions ParseAddress(string text, bool isTls)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            throw new FormatException(
                "Jamail:Redis is no address; give redis://:password@host:6379/0, with special characters of the password percent-encoded.");
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new FormatException("Jamail:Redis has a query, which is not understood; give redis://:password@host:port/database only.");
        }

        var options = new ConfigurationOptions { Ssl = isTls };
        options.EndPoints.Add(address.DnsSafeHost, address.Port > 0 ? address.Port : 6379);
        if (isTls)
        {
            options.SslHost = address.DnsSafeHost;
        }

        options.Password = Password(address.UserInfo);
        options.DefaultDatabase = Database(address.AbsolutePath);
        return options;
    }

    private static string? Password(string userInfo)
    {
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo[..colon]);
        if (user is not ("" or "default"))
        {
            throw new FormatException(NeedsNewerClient);
        }

        return colon < 0 ? null : Uri.UnescapeDataString(userInfo[(colon + 1)..]);
    }

    private static int? Database(string path)
    {
        var text = path.Trim('/');
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var database)
            ? database
            : throw new FormatException("Jamail:Redis has a path that is no database number; give redis://host:port/0.");
    }
}
