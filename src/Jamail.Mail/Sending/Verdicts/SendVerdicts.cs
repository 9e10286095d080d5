using System.Globalization;

namespace Jamail.Mail;

/// <summary>Judges attempts: by phase and fault where there is no reply, by the table where there is one.</summary>
internal sealed class SendVerdicts(IReadOnlyList<SendRule> rules) : ISendVerdicts
{
    public SendVerdicts()
        : this(SendRules.All)
    {
    }

    /// <summary>The table with the host's own rules in front.</summary>
    public static SendVerdicts With(IEnumerable<ReplyRule> own) => new(
        [
            .. own.Select(rule => new SendRule(rule.Class, SendRules.Kinds[rule.Class])
            {
                Provider = rule.Provider, Code = rule.Code, Enhanced = rule.EnhancedCode, Text = rule.Text,
            }),
            .. SendRules.All,
        ]);

    public SendVerdict Judge(TransportResult result, string? provider = null)
    {
        var (kind, name) = Decide(result, provider);
        var reply = result.ReplyCode is { } code
            ? string.Join(' ', new[] { code.ToString(CultureInfo.InvariantCulture), result.EnhancedCode }.Where(part => part is not null))
            : "";
        var text = result.Text ?? "";
        var shown = result.EnhancedCode is { } enhanced && text.StartsWith(enhanced, StringComparison.Ordinal) ? text[enhanced.Length..].Trim() : text;
        var reason = $"{Describe(result.Phase)}: {(reply.Length > 0 ? reply + " " : "")}{shown}";
        return result is { Accepted: true, Left: { Count: > 0 } left }
            ? new SendVerdict(kind, "accepted-in-part", $"{reason} (the server takes only so many recipients at once; {left.Count} are left)") { Left = left }
            : new SendVerdict(kind, name, reason);
    }

    private (SendVerdictKind Kind, string Name) Decide(TransportResult result, string? provider)
    {
        if (result.Accepted)
        {
            return (SendVerdictKind.Sent, "accepted");
        }

        if (result.Fault == TransportFault.Refused)
        {
            var code = (result.ReplyCode ?? 0).ToString(CultureInfo.InvariantCulture);
            var rule = rules.FirstOrDefault(rule => rule.Fits(result, code, provider));
            return rule is null ? (SendVerdictKind.Retry, "unknown") : (rule.Kind, rule.Class);
        }

        // From the first byte of the dot on, only a reply tells.
        if (result.Phase >= SendPhase.Dot && result.Fault != TransportFault.Unsupported)
        {
            return (SendVerdictKind.Uncertain, Name(result.Fault));
        }

        return result.Fault switch
        {
            TransportFault.Unsupported when result.Text?.StartsWith(SmtpMailRules.Utf8Required, StringComparison.Ordinal) == true =>
                (SendVerdictKind.Failed, SmtpMailRules.Utf8Required),
            TransportFault.Unsupported => (SendVerdictKind.Failed, "unsupported"),
            TransportFault.SignIn when result.ReplyCode is >= 400 and < 500 => (SendVerdictKind.Deferred, "provider-temporary"),
            TransportFault.SignIn or TransportFault.Tls or TransportFault.AddressDenied => (SendVerdictKind.Deferred, "provider-config"),
            TransportFault.TimedOut when result.Phase == SendPhase.Lease => (SendVerdictKind.Deferred, "no-free-connection"),
            TransportFault.Storage => (SendVerdictKind.Retry, "storage"),
            var fault => (SendVerdictKind.Deferred, Name(fault)),
        };
    }

    private static string Name(TransportFault fault) => fault switch
    {
        TransportFault.ConnectionLost => "connection-lost",
        TransportFault.TimedOut => "timed-out",
        TransportFault.Unreachable => "unreachable",
        TransportFault.Protocol => "protocol",
        TransportFault.Stopped => "stopped",
        TransportFault.Storage => "storage",
        _ => "unknown",
    };

    private static string Describe(SendPhase phase) => phase switch
    {
        SendPhase.Lease => "waiting for a connection",
        SendPhase.Connect => "connecting",
        SendPhase.Tls => "encrypting",
        SendPhase.Auth => "signing in",
        SendPhase.MailFrom => "MAIL FROM",
        SendPhase.Recipient => "RCPT TO",
        SendPhase.Data => "DATA",
        SendPhase.Content => "sending the content",
        SendPhase.Dot => "sending the final dot",
        _ => "after the message",
    };
}
