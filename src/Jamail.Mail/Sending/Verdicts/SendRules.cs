using System.Collections.Frozen;

namespace Jamail.Mail;

/// <summary>The table for refusals. The first row that fits decides; every refusal fits the last rows.</summary>
internal static class SendRules
{
    private const string Full = @"(mailbox|inbox|mail ?box|account|user|quota|recipient).{0,40}(is |are )?(full|over|exceed)|over ?quota|quota (is )?exceeded|exceeded (its |the )?(storage|quota|mailbox)|insufficient (system |disk )?(storage|space)|out of storage|storage (is )?full";

    private const string Unknown = @"(user|recipient|mailbox|address|account|alias|addressee)( \S+){0,3} (is )?(unknown|not (found|exist|known|valid|listed|available|here)|does ?n[o']t exist|doesn't exist|unavailable|invalid|disabled|inactive|deactivated|suspended)|(unknown|invalid|bad|no such|inactive|nonexistent|non-existent|undeliverable|unrouteable) (user|recipient|mailbox|address|account|local|destination|virtual)|no (mailbox|user|account|recipient|such person)( here)?|does not (have|like) (an? )?(account|recipient|mailbox)|not our customer|address(ee)? (rejected|unknown)|recipient( address)? rejected|not a (valid|known) (user|mailbox|recipient)|no one by that name";

    private const string Policy = @"spam|block(ed|list| list|ing)|black ?list|reputation|spamhaus|spamcop|barracuda|dnsbl|\brbl\b|\bbl\b|dmarc|\bspf\b|dkim|policy|polic(y|ies)|unauthenticated|not (authori[sz]ed|allowed|permitted)|unsolicited|abuse|content (rejected|filter)|virus|malware|phish|banned|bulk|suspicious|listed (at|in|on|by)|denied|rejected (due|for|because)|reverse dns|\bptr\b|rdns";

    public static IReadOnlyList<SendRule> All { get; } =
    [
        // The server has enough of this connection, which says nothing of the next one.
        new("session-limit", SendVerdictKind.Deferred) { From = SendPhase.MailFrom, Code = "421", Text = @"(messages?|mails?|transactions?) (sent |accepted )?(in|on|per|for|over|during|this)( this| the| a| one| single)* ?(session|connection)\b|(message|mail) limit.{0,20}\b(session|connection)\b|\b(session|connection)\b.{0,20}(message|mail) limit" },

        // The server stops, or has enough of us.
        new("throttle", SendVerdictKind.Deferred) { Code = "421", Text = "rate|throttl|too (many|much)|limit" },
        new("connection-limit", SendVerdictKind.Deferred) { Code = "421" },

        // Refused before any message was named: not this mail's fault.
        new("provider-temporary", SendVerdictKind.Deferred) { To = SendPhase.Auth, Code = "4.." },
        new("provider-config", SendVerdictKind.Deferred) { To = SendPhase.Auth },
        new("provider-config", SendVerdictKind.Deferred) { Code = "530|535|538|534" },
        new("provider-config", SendVerdictKind.Deferred) { Code = "5..", Text = "authentication (is )?required|must (issue a starttls|authenticate)|not authenticated|please (log ?in|authenticate)" },

        new("too-many-recipients", SendVerdictKind.Deferred) { Code = "4..", Enhanced = @"4\.5\.3" },
        new("throttle", SendVerdictKind.Deferred) { Code = "4..", Text = @"too many recipients.{0,20}\bfrom\b" },
        new("too-many-recipients", SendVerdictKind.Deferred) { From = SendPhase.Recipient, To = SendPhase.Recipient, Code = "45.|55[02]", Text = @"too many (recipients|rcpts?|addresse?s)" },
        new("provider-quota", SendVerdictKind.Deferred) { Text = @"daily (user |message |email |sending |smtp )*(quota|limit)|sending (quota|limit)|sending (is |has been )?(paused|suspended|disabled)|account .{0,30}(sending|under review)|(monthly|hourly) (quota|limit)|exceeded (your|the) .{0,20}(sending|messaging|email) limit|(quota|credits?) .{0,20}(used up|depleted)" },
        new("provider-quota", SendVerdictKind.Deferred) { Enhanced = @"5\.4\.5" },
        new("throttle", SendVerdictKind.Deferred) { Code = "4..", Text = @"throttl|\brate\b|rate.?limit|maximum sending|too (many|much|fast|frequent)|unusual (rate|volume|amount)|slow down|excessive|concurren" },
        new("throttle", SendVerdictKind.Deferred) { Code = "454", Enhanced = @"4\.7\..*" },

        // Too big, wherever it is said.
        new("too-big", SendVerdictKind.Failed) { Code = "5..", Enhanced = @"5\.3\.4|5\.2\.3" },
        new("too-big", SendVerdictKind.Failed) { Code = "5..", Text = @"(message|mail|size|content).{0,30}(too (big|large|long)|exceeds?|larger than|over).{0,30}(size|limit|maximum|large|big|fixed|\d)|too (big|large) (message|mail)|message (is )?too (big|large)" },

        // The sender.
        new("server-full", SendVerdictKind.Deferred) { To = SendPhase.MailFrom, Code = "452|4..", Enhanced = @"4\.3\.1" },
        new("server-full", SendVerdictKind.Deferred) { To = SendPhase.MailFrom, Code = "452" },
        new("temporary", SendVerdictKind.Deferred) { To = SendPhase.MailFrom, Code = "4.." },
        new("protocol", SendVerdictKind.Retry) { To = SendPhase.MailFrom, Code = "500|502|503|504" },
        new("sender-config", SendVerdictKind.Failed) { To = SendPhase.MailFrom },

        // The recipient's mailbox is full: its owner may come back.
        new("mailbox-full", SendVerdictKind.Deferred) { Enhanced = @"[45]\.2\.2" },
        new("mailbox-full", SendVerdictKind.Deferred) { Code = "4..|55[0-4]", Text = Full },

        new("grey-list", SendVerdictKind.Deferred) { Code = "4..", Text = @"gr[ae]y.?list|try (again|later)( later)? in|first.?(time|contact)|(please )?(retry|try again) (later|in \d+)|temporarily (deferred|rejected)|postponed" },
        new("policy-temporary", SendVerdictKind.Deferred) { Code = "4..", Enhanced = @"4\.7\..*" },
        new("routing", SendVerdictKind.Deferred) { Enhanced = @"4\.4\..*|5\.4\.[46]" },
        new("temporary", SendVerdictKind.Deferred) { Code = "4.." },

        // For good: the address does not take mail. These are what a suppression list is made of.
        new("hard-bounce", SendVerdictKind.Bounced) { To = SendPhase.Data, Enhanced = @"5\.1\.(1|2|3|6|10)|5\.2\.1|5\.7\.(13|17)|5\.4\.1" },
        new("hard-bounce", SendVerdictKind.Bounced) { From = SendPhase.Content, Enhanced = @"5\.1\.(1|2|3|6|10)|5\.2\.1|5\.7\.(13|17)" },
        new("relay-denied", SendVerdictKind.Failed) { Text = @"relay(ing)? (access |not |is )*(denied|permitted|allowed|prohibited)|(unable|not permitted|not allowed|refuse) to relay|we do not relay|no relaying" },
        new("sender-config", SendVerdictKind.Failed) { Enhanced = @"5\.1\.[78]|5\.7\.27" },
        new("sender-config", SendVerdictKind.Failed) { Text = @"sender( address)? (rejected|denied|not allowed|unknown|verify failed)|from address .{0,40}not (verified|allowed|authorized)|email address is not verified" },

        // Somebody does not want this mail, or us; the address may be fine.
        new("policy-block", SendVerdictKind.Bounced) { Enhanced = @"5\.7\..*" },

        // Without a code that says so, words are only a hint: bounced, but not yet suppressed.
        new("bounce", SendVerdictKind.Bounced) { Enhanced = @"5\.[12]\..*" },
        new("policy-block", SendVerdictKind.Bounced) { From = SendPhase.Content, Text = Policy },
        new("bounce", SendVerdictKind.Bounced) { Text = Unknown },
        new("policy-block", SendVerdictKind.Bounced) { Text = Policy },
        new("protocol", SendVerdictKind.Retry) { Code = "50[0-4]", Enhanced = @"5\.5\..*" },
        new("protocol", SendVerdictKind.Retry) { Code = "500|502|503|504" },
        new("content-refused", SendVerdictKind.Bounced) { From = SendPhase.Content },
        new("bounce", SendVerdictKind.Bounced),
    ];

    /// <summary>What becomes of a mail, by the class of the reply.</summary>
    public static FrozenDictionary<string, SendVerdictKind> Kinds { get; } =
        All.DistinctBy(rule => rule.Class).ToFrozenDictionary(rule => rule.Class, rule => rule.Kind, StringComparer.Ordinal);
}
