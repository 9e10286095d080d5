using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>
/// Says loudly, and at most once an hour for each, what no single mail shows: that a mail server does not take mails of a sender's domain, and
/// that a recipient domain blocks more than one mail in twenty.
/// </summary>
internal sealed class SendAlerts(TimeProvider clock, ILogger<SendAlerts> logger)
{
    private const int LeastMails = 20;
    private const int MostKept = 1_000;
    private const double Share = 0.05;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seen> _domains = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Provider, string Domain), long> _senders = [];

    public void Watch(MailRow row, string provider, SendVerdict verdict)
    {
        if (verdict.Class == "sender-config")
        {
            var domain = MailAddressHash.DomainOf(MailIdentity.AddressOf(row.FromAddr));
            if (IsFirst((provider, domain)))
            {
                logger.SenderRefused(provider, domain, row.Id);
            }
        }
        else if (verdict.Kind is SendVerdictKind.Sent or SendVerdictKind.Bounced
            && Count(DomainGroups.Of(row.ToDomain), verdict.Class == "policy-block") is { } seen)
        {
            logger.DomainBlocks(DomainGroups.Of(row.ToDomain), seen.Blocked, seen.Mails);
        }
    }

    private bool IsFirst((string Provider, string Domain) sender)
    {
        lock (_gate)
        {
            if (_senders.TryGetValue(sender, out var at) && clock.GetElapsedTime(at) < Window)
            {
                return false;
            }

            Bound(_senders);
            _senders[sender] = clock.GetTimestamp();
            return true;
        }
    }

    /// <returns>What was seen within the window, for the caller that is to tell.</returns>
    private Seen? Count(string domain, bool isBlocked)
    {
        lock (_gate)
        {
            if (!_domains.TryGetValue(domain, out var seen) || clock.GetElapsedTime(seen.Since) >= Window)
            {
                // Most domains never block anything.
                if (!isBlocked && seen is null && _domains.Count >= MostKept)
                {
                    return null;
                }

                Bound(_domains);
                _domains[domain] = seen = new Seen(clock.GetTimestamp());
            }

            seen.Mails++;
            seen.Blocked += isBlocked ? 1 : 0;
            if (seen.IsTold || seen.Mails < LeastMails || seen.Blocked <= seen.Mails * Share)
            {
                return null;
            }

            seen.IsTold = true;
            return seen;
        }
    }

    private static void Bound<TKey, TValue>(Dictionary<TKey, TValue> kept)
        where TKey : notnull
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }
    }

    private sealed class Seen(long since)
    {
        public long Since { get; } = since;

        public int Mails { get; set; }

        public int Blocked { get; set; }

        public bool IsTold { get; set; }
    }
}
