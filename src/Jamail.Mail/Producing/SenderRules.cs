using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Whose name a mail may go out in, and where its answers may go.</summary>
internal sealed class SenderRules(IOptions<MailOptions> options)
{
    private const string AnyTenant = "*";
    private const string Below = "*.";

    /// <summary>Null: the tenant may send in that name.</summary>
    public InputProblem? From(string tenant, EmailAddress from)
    {
        var lists = options.Value.FromDomains;
        if (lists.Count == 0)
        {
            return null;
        }

        var domain = MailAddressHash.DomainOf(from.Address);
        var allowed = lists.TryGetValue(tenant, out var own) ? own : lists.TryGetValue(AnyTenant, out var all) ? all : [];
        return allowed.Any(entry => Covers(entry, domain))
            ? null
            : new InputProblem(
                "from",
                $"'{domain}' is none of the domains that tenant '{MailInput.Shown(tenant)}' may send from.",
                $"Use one of its own, or add the domain to Jamail:Mail:FromDomains:{MailInput.Shown(tenant)}.");
    }

    /// <summary>Null: answers may go there. An answer to the domain of bounces would be read by a program, which might answer it.</summary>
    public InputProblem? ReplyTo(EmailAddress? replyTo) =>
        replyTo is not null && options.Value.BounceDomain is { } bounces
        && string.Equals(MailAddressHash.DomainOf(replyTo.Address), bounces, StringComparison.OrdinalIgnoreCase)
            ? new InputProblem("replyTo", $"It lies in the domain of bounces, '{bounces}', which no person reads.", "Give an address that somebody reads.")
            : null;

    /// <summary>Whether a text is an entry of a list.</summary>
    public static bool IsEntry(string entry) =>
        Uri.CheckHostName(entry.StartsWith(Below, StringComparison.Ordinal) ? entry[Below.Length..] : entry) == UriHostNameType.Dns;

    private static bool Covers(string entry, string domain) =>
        entry.StartsWith(Below, StringComparison.Ordinal)
            ? domain.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(entry, domain, StringComparison.OrdinalIgnoreCase);
}
