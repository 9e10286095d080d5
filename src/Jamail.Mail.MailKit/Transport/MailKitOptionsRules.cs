using Microsoft.Extensions.Options;

namespace Jamail.Mail.MailKit;

/// <summary>A signature needs a domain, a selector and a key that can be read.</summary>
internal sealed class MailKitOptionsRules : IValidateOptions<MailKitOptions>
{
    private const string Section = "Jamail:Mail:MailKit";

    public ValidateOptionsResult Validate(string? name, MailKitOptions options)
    {
        string?[] parts = [options.DkimDomain, options.DkimSelector, options.DkimPrivateKeyFile];
        if (parts.All(string.IsNullOrEmpty))
        {
            return ValidateOptionsResult.Success;
        }

        if (parts.Any(string.IsNullOrEmpty))
        {
            return ValidateOptionsResult.Fail($"{Section}: DkimDomain, DkimSelector and DkimPrivateKeyFile go together; set all of them, or none.");
        }

        try
        {
            _ = new DkimSigning(options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return ValidateOptionsResult.Fail(
                $"{Section}:DkimPrivateKeyFile '{options.DkimPrivateKeyFile}' cannot be read as an RSA key in PEM: {exception.Message}");
        }
    }
}
