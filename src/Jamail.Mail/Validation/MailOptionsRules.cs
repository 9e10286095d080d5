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
        if (options.From is null && SendingServices.ModeOf(options) == MailMode.Live && host.Value.Embedded is not true)
        {
            failures.Add($"{Section}:From is not set: give the sender of mails that name none, as in 'Example <mail@example.com>'.");
        }

        if (options.From is not null && !EmailAddressParser.TryParseWithName(options.From, out _, out var problem))
        {
            failures.Add($"{Section}:From is '{options.From}', which is no sender: {problem}. Give an address, or Name <address>.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
