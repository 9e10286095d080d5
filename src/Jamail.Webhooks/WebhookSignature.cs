using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jamail.Webhooks;

/// <summary>Proves, at the receiver, that a request came from the holder of a secret. Compares in constant time.</summary>
public static class WebhookSignature
{
    /// <summary>How far the clocks of sender and receiver may be apart when nothing else is said.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Verifies a request by Standard Webhooks: the headers <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>.</summary>
    /// <param name="body">The body exactly as it was received.</param>
    /// <param name="id">Header <c>webhook-id</c>.</param>
    /// <param name="timestamp">Header <c>webhook-timestamp</c>: Unix seconds.</param>
    /// <param name="signature">Header <c>webhook-signature</c>: one or more of <c>v1,…</c>, separated by spaces.</param>
    /// <param name="secrets">The secrets that are valid; any match is enough.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">How far the timestamp may be from now, either way; <see langword="null"/>: 5 minutes.</param>
    /// <returns>Whether the request is genuine, and if not, why.</returns>
    public static WebhookVerification Verify(
        ReadOnlySpan<byte> body,
        string? id,
        string? timestamp,
        string? signature,
        IEnumerable<WebhookSecret> secrets,
        DateTimeOffset now,
        TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
        {
            return WebhookVerification.HeaderMissing;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return WebhookVerification.TimestampMalformed;
        }

        if (OutOfTime(seconds, now, tolerance) is { } late)
        {
            return late;
        }

        var genuine = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(WebhookSigner.Standard(secret, id, seconds, body));
            foreach (var given in signature.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                genuine |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given));
            }
        }

        return genuine ? WebhookVerification.Genuine : WebhookVerification.SignatureMismatch;
    }

    /// <summary>
    /// Verifies a signature of the form <c>t=…,v1=…</c>, as Stripe has it and profile
    /// <see cref="WebhookSignatureProfile.Timestamped"/> sends it: hex HMAC-SHA256 over time, full stop and body, keyed with the
    /// secret's text.
    /// </summary>
    /// <param name="body">The body exactly as it was received.</param>
    /// <param name="signature">Header <c>Stripe-Signature</c> (or <c>X-Jamail-Signature</c>).</param>
    /// <param name="secrets">The secrets that are valid; any match is enough.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">How far the timestamp may be from now, either way; <see langword="null"/>: 5 minutes.</param>
    /// <returns>Whether the request is genuine, and if not, why.</returns>
    public static WebhookVerification VerifyTimestamped(
        ReadOnlySpan<byte> body,
        string? signature,
        IEnumerable<WebhookSecret> secrets,
        DateTimeOffset now,
        TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (string.IsNullOrEmpty(signature))
        {
            return WebhookVerification.HeaderMissing;
        }

        var parts = signature.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToList();
        if (!long.TryParse(parts.Find(part => part[0] == "t")?[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return WebhookVerification.TimestampMalformed;
        }

        if (OutOfTime(seconds, now, tolerance) is { } late)
        {
            return late;
        }

        var genuine = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(WebhookSigner.TimestampedHex(secret, seconds, body));
            foreach (var given in parts.Where(part => part[0] == "v1"))
            {
                genuine |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given[1]));
            }
        }

        return genuine ? WebhookVerification.Genuine : WebhookVerification.SignatureMismatch;
    }

    /// <summary>Verifies the hex signature: <c>sha256=</c> and the lower-case hex HMAC-SHA256 of the body, keyed with the secret's text.</summary>
    /// <param name="body">The body exactly as it was received.</param>
    /// <param name="signature">Header <c>X-Jamail-Signature</c> (or <c>X-Hub-Signature-256</c>).</param>
    /// <param name="secrets">The secrets that are valid; any match is enough.</param>
    /// <returns>Whether the request is genuine, and if not, why. The form carries no time: a repeated request is genuine too.</returns>
    public static WebhookVerification VerifyHex(
        ReadOnlySpan<byte> body,
        string? signature,
        IEnumerable<WebhookSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (string.IsNullOrEmpty(signature))
        {
            return WebhookVerification.HeaderMissing;
        }

        var given = Encoding.UTF8.GetBytes(signature);
        var genuine = false;
        foreach (var secret in secrets)
        {
            genuine |= CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(WebhookSigner.Hex(secret, body)), given);
        }

        return genuine ? WebhookVerification.Genuine : WebhookVerification.SignatureMismatch;
    }

    private static WebhookVerification? OutOfTime(long seconds, DateTimeOffset now, TimeSpan? tolerance)
    {
        var allowed = (long)(tolerance ?? DefaultTolerance).TotalSeconds;
        var age = (decimal)now.ToUnixTimeSeconds() - seconds;
        return Math.Abs(age) <= allowed ? null : age > 0 ? WebhookVerification.TooOld : WebhookVerification.TooNew;
    }
}
