using System.Collections.Concurrent;

namespace Jamail.Mail;

/// <summary>Addresses at sandbox.invalid that meet a fate of their own in the sandbox, so that an application's tests can meet it.</summary>
internal sealed class MagicRecipients
{
    public const string Domain = "@sandbox.invalid";

    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>What happens instead of keeping the message; null when nothing does.</summary>
    public TransportResult? Before(ComposedEmail mail) => NameOf(mail) switch
    {
        "bounce" => Refused(550, "5.1.1", "No such user here (sandbox)"),
        "soft" => Refused(452, "4.2.2", "Mailbox full (sandbox)"),
        "greylist" when IsFirst(mail) => Refused(451, "4.7.1", "Greylisted, please try again (sandbox)"),
        "throttle" when IsFirst(mail) => Refused(454, "4.7.0", "Throttling failure: maximum sending rate exceeded (sandbox)"),
        _ => null,
    };

    /// <summary>What happens after the message was kept; null when it is simply accepted.</summary>
    public static TransportResult? After(ComposedEmail mail) =>
        NameOf(mail) == "drop-after-data"
            ? new TransportResult
            {
                Phase = SendPhase.Reply, Fault = TransportFault.ConnectionLost, Text = "The server closed the connection (sandbox).", ConnectionUse = 1,
            }
            : null;

    private static string? NameOf(ComposedEmail mail) =>
        mail.EnvelopeTo.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) ? mail.EnvelopeTo[..^Domain.Length].ToLowerInvariant() : null;

    private static TransportResult Refused(int code, string enhanced, string text) => new()
    {
        Phase = SendPhase.Recipient, Fault = TransportFault.Refused, ReplyCode = code, EnhancedCode = enhanced, Text = $"{enhanced} {text}", ConnectionUse = 1,
    };

    private bool IsFirst(ComposedEmail mail) => _seen.TryAdd(mail.MessageId, true);
}
