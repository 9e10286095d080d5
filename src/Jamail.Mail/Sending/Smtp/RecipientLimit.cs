using System.Text.RegularExpressions;

namespace Jamail.Mail;

/// <summary>Whether a server refuses a recipient only because it takes no more of them in one transaction.</summary>
internal static partial class RecipientLimit
{
    /// <summary>RFC 5321, 4.5.3.1.10: 452, and 552 of old servers, which means the same.</summary>
    public static bool IsReached(SmtpReply reply) =>
        reply.Code is (>= 450 and < 460) or 550 or 552
        && (reply.EnhancedCode is "4.5.3" or "5.5.3" || Words().IsMatch(reply.Text));

    // "Too many recipients from …" counts those of some time.
    [GeneratedRegex(@"too many (recipients|rcpts?|addresse?s)(?!.{0,20}\bfrom\b)|(recipients?|rcpt) limit|maximum (number of )?recipients", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
