using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>
/// A signing secret. <c>whsec_…</c> stands for the bytes its base64 decodes to; any other text for its UTF-8 bytes.
/// Never printed: only <see cref="Reveal"/> gives the text.
/// </summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int GeneratedBytes = 32;
    private const int MinDecodedBytes = 24;
    private const int MaxDecodedBytes = 64;
    private const int MinTextBytes = 16;
    private const int MaxTextBytes = 256;

    private readonly string _text;
    private readonly byte[] _key;
    private readonly byte[] _textKey;

    private WebhookSecret(string text, byte[] key)
    {
        _text = text;
        _key = key;
        _textKey = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The key of the Standard Webhooks signature.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>The key of the hex signature: the text as given, prefix and all.</summary>
    internal ReadOnlySpan<byte> TextKey => _textKey;

    /// <summary>Makes a new secret of 32 random bytes.</summary>
    /// <returns>The secret; its text begins with <c>whsec_</c>.</returns>
    public static WebhookSecret Generate()
    {
        var key = RandomNumberGenerator.GetBytes(GeneratedBytes);
        return new WebhookSecret(Prefix + Convert.ToBase64String(key), key);
    }

    /// <summary>Reads a secret.</summary>
    /// <param name="text">
    /// <c>whsec_</c> and base64 of 24 to 64 bytes (padding may be missing, '-' and '_' are understood), or any other text of
    /// 16 to 256 bytes of UTF-8.
    /// </param>
    /// <returns>The secret.</returns>
    /// <exception cref="InvalidInputException">The text cannot be a secret; the message says why and does not show it.</exception>
    public static WebhookSecret Parse(string text) =>
        TryParse(text, out var secret, out var problem) ? secret : throw new InvalidInputException(problem);

    /// <summary>Reads a secret, or says why the text cannot be one.</summary>
    /// <param name="text">As for <see cref="Parse"/>.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="problem">Why the text cannot be one; does not show it.</param>
    /// <returns><see langword="true"/> when there is a secret.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out WebhookSecret? secret,
        [NotNullWhen(false)] out InputProblem? problem)
    {
        secret = null;
        problem = null;
        if (text is null)
        {
            problem = Problem("No secret is given.");
        }
        else if (text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var key = Decode(text.AsSpan(Prefix.Length));
            if (key is null)
            {
                problem = Problem("What follows 'whsec_' is not base64.");
            }
            else if (key.Length is < MinDecodedBytes or > MaxDecodedBytes)
            {
                problem = Problem($"The secret decodes to {key.Length} bytes, and 'whsec_' secrets have 24 to 64.");
            }
            else
            {
                secret = new WebhookSecret(text, key);
            }
        }
        else if (text.StartsWith("whsk_", StringComparison.Ordinal) || text.StartsWith("whpk_", StringComparison.Ordinal))
        {
            problem = Problem("'whsk_' and 'whpk_' are ed25519 keys, which are not supported.");
        }
        else if (Encoding.UTF8.GetByteCount(text) is var length && length is < MinTextBytes or > MaxTextBytes)
        {
            problem = Problem($"The secret has {length} bytes, and a secret given as plain text has 16 to 256.");
        }
        else
        {
            secret = new WebhookSecret(text, Encoding.UTF8.GetBytes(text));
        }

        return secret is not null;
    }

    /// <summary>The secret's text, for its owner to store.</summary>
    /// <returns>The text as it was given or made.</returns>
    public string Reveal() => _text;

    /// <summary>Does not print the secret.</summary>
    /// <returns><c>***</c>.</returns>
    public override string ToString() => "***";

    private static InputProblem Problem(string rule) => new(
        "secret", rule, "Give 'whsec_' and base64 of 32 random bytes, or leave the secret out to get a new one.");

    private static byte[]? Decode(ReadOnlySpan<char> base64)
    {
        var text = base64.TrimEnd('=').ToString().Replace('-', '+').Replace('_', '/');
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }
}
