using System.ComponentModel.DataAnnotations;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>What the settings of the pipeline must be, the mail server's apart.</summary>
internal sealed class MailOptionsRules(IOptions<JamailHostOptions> host) : IValidateOptions<MailOptions>
{
    private const string Section = "Jamail:Mail";

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var failures = new List<string>();
        var ranges = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), ranges, validateAllProperties: true);
        failures.AddRange(ranges.Select(range => $"{Section}:{range.MemberNames.FirstOrDefault()}: {range.ErrorMessage}"));
        if (options.From is null && SendingServices.ModeOf(options) != MailMode.Sandbox && host.Value.Embedded is not true)
        {
            failures.Add($"{Section}:From is not set: give the sender of mails that name none, as in 'Example <mail@example.com>'.");
        }

        if (options.From is not null && !EmailAddressParser.TryParseWithName(options.From, out _, out var problem))
        {
            failures.Add($"{Section}:From is '{options.From}', which is no sender: {problem}. Give an address, or Name <address>.");
        }

        Mode(options, failures);
        if (options.PublicUrl is not null && !(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
        {
            failures.Add($"{Section}:PublicUrl is '{options.PublicUrl}', which is no web address. Give one as in 'https://mail.example.com'.");
        }

        if (options.UnsubscribeMailbox is not null && !EmailAddressParser.TryParse(options.UnsubscribeMailbox, out _, out _))
        {
            failures.Add($"{Section}:UnsubscribeMailbox is '{options.UnsubscribeMailbox}', which is no address. Give one as in 'unsubscribe@example.com'.");
        }

        if (options.BounceDomain is not null && Uri.CheckHostName(options.BounceDomain) != UriHostNameType.Dns)
        {
            failures.Add($"{Section}:BounceDomain is '{options.BounceDomain}', which is no domain. Give one as in 'bounce.example.com'.");
        }

        FromDomains(options, failures);
        failures.AddRange(options.DefaultLocales.Where(locale => !MailChecks.IsLocale(locale.Value)).Select(locale =>
            $"{Section}:DefaultLocales:{locale.Key} is '{locale.Value}', which is no language tag. Give one such as 'fr' or 'fr-CA'."));
        failures.AddRange(ReplyRuleChecks.Problems(Section, options.ReplyRules));
        failures.AddRange(options.InboundSecrets.Where(secret => secret.Value.Length < 16).Select(secret =>
            $"{Section}:InboundSecrets:{secret.Key} has {secret.Value.Length} characters; give at least 16."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Mode(MailOptions options, List<string> failures)
    {
        if (options.Mode is { } mode && !Enum.IsDefined(mode))
        {
            failures.Add($"{Section}:Mode is '{mode}' but must be Live, Sandbox, RedirectAll or AllowList.");
        }

        if (options.RedirectTo is { } to && !EmailAddressParser.TryParse(to, out _, out var problem))
        {
            failures.Add($"{Section}:RedirectTo is '{to}', which is no address: {problem}. Give one such as tests@example.com.");
        }
        else if (options.Mode == MailMode.RedirectAll && options.RedirectTo is null)
        {
            failures.Add($"{Section}:RedirectTo is not set, but {Section}:Mode is RedirectAll: give the address that all mails are to go to.");
        }

        if (options.Mode == MailMode.AllowList && options.AllowedRecipients.Count == 0)
        {
            failures.Add($"{Section}:AllowedRecipients is empty, but {Section}:Mode is AllowList: give addresses or domains, such as example.com.");
        }

        failures.AddRange(options.AllowedRecipients.Where(allowed => !IsAddressOrDomain(allowed)).Select(allowed =>
            $"{Section}:AllowedRecipients holds '{allowed}', which is neither an address nor a domain; give anna@example.com or example.com."));
    }

    private static void FromDomains(MailOptions options, List<string> failures)
    {
        failures.AddRange(options.FromDomains.SelectMany(list => list.Value.Where(entry => !SenderRules.IsEntry(entry)).Select(entry =>
            $"{Section}:FromDomains:{list.Key} holds '{entry}', which is no domain. Give one as in 'example.com', or '*.example.com' for what lies below it.")));
        if (options.From is not null && EmailAddressParser.TryParseWithName(options.From, out var from, out _)
            && new SenderRules(Options.Create(options)).From(JamailHostOptions.DefaultTenant, from) is { } problem)
        {
            failures.Add($"{Section}:From is '{options.From}': {problem.Rule} {problem.Fix}");
        }
    }

    private static bool IsAddressOrDomain(string text) =>
        EmailAddressParser.TryParse(text.Contains('@', StringComparison.Ordinal) ? text : $"anybody@{text}", out _, out _);
}
