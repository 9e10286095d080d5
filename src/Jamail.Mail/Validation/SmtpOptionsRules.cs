using System.ComponentModel.DataAnnotations;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>What the settings of the mail server must be, alone and together.</summary>
internal sealed class SmtpOptionsRules(IOptions<JamailHostOptions> host) : IValidateOptions<MailOptions>
{
    private const string Section = "Jamail:Mail:Smtp";

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var smtp = options.Smtp;
        var failures = new List<string>();
        var ranges = new List<ValidationResult>();
        Validator.TryValidateObject(smtp, new ValidationContext(smtp), ranges, validateAllProperties: true);
        failures.AddRange(ranges.Select(range => $"{Section}:{range.MemberNames.FirstOrDefault()}: {range.ErrorMessage}"));
        failures.AddRange(options.AllowedNetworks.Select(AllowedNetworks.Problem).OfType<string>()
            .Select(problem => $"Jamail:Mail:AllowedNetworks: {problem}"));
        if (SendingServices.ModeOf(options) != MailMode.Sandbox)
        {
            Live(options, failures);
        }
        else if (options.Mode is null && host.Value.Embedded is not true)
        {
            failures.Add($"{Section}:Host is not set: give the name of a mail server, or set Jamail:Mail:Mode to Sandbox to keep mails as files, {JamailHostEmbedding}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private const string JamailHostEmbedding = "or set Jamail:Embedded to true (for one machine; the default in the Development environment).";

    private static void Live(MailOptions options, List<string> failures)
    {
        var smtp = options.Smtp;
        if (string.IsNullOrWhiteSpace(smtp.Host))
        {
            failures.Add($"{Section}:Host is not set, but Jamail:Mail:Mode is {SendingServices.ModeOf(options)}: give the name of a mail server.");
        }
        else if (Uri.CheckHostName(smtp.Host) == UriHostNameType.Unknown)
        {
            failures.Add($"{Section}:Host is '{smtp.Host}', which is no host name or address; the port has a setting of its own, {Section}:Port.");
        }

        if (!Enum.IsDefined(smtp.Security) || !Enum.IsDefined(smtp.Mechanism))
        {
            failures.Add($"{Section}:Security or :Mechanism has an unknown value.");
        }

        if (string.IsNullOrEmpty(smtp.User) != string.IsNullOrEmpty(smtp.Password))
        {
            failures.Add(string.IsNullOrEmpty(smtp.User)
                ? $"{Section}:Password is set but {Section}:User is not; set both, or neither for a server without sign-in."
                : $"{Section}:User is set but {Section}:Password is not; set both, or neither for a server without sign-in.");
        }

        if (smtp.EhloName is { Length: > 0 } ehlo && !IsEhloName(ehlo))
        {
            failures.Add($"{Section}:EhloName is '{ehlo}' but must be a host name such as mail.example.com, or an address in brackets such as [192.0.2.10].");
        }

        if (smtp.CertificateAuthorityFile is { Length: > 0 } file && !File.Exists(file))
        {
            failures.Add($"{Section}:CertificateAuthorityFile is '{file}', which does not exist; give a file with PEM certificates.");
        }
    }

    private static bool IsEhloName(string name) => name is ['[', .., ']']
        ? name[1..^1].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':')
        : name.Length <= 255 && Uri.CheckHostName(name) == UriHostNameType.Dns;
}
