using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail;

/// <summary>What a host cannot do without that keeps e-mails and deliveries.</summary>
internal sealed class StoreSettingsRules : IValidateOptions<JamailHostOptions>
{
    public ValidateOptionsResult Validate(string? name, JamailHostOptions options)
    {
        if (options.Embedded is true)
        {
            return ValidateOptionsResult.Success;
        }

        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Database))
        {
            failures.Add(
                "Jamail:Database is not set: give a PostgreSQL connection string, as in " +
                "'Host=localhost;Database=app;Username=app;Password=…', or 'Data Source=app.db' for SQLite, " +
                JamailHostOptionsRules.OrEmbed);
        }

        if (options.Keys.Count == 0)
        {
            failures.Add(
                "Jamail:Keys is not set: secrets in the database are encrypted with it. This line makes a key; run it once, " +
                "keep what it makes, and give the same to every host of the database: " +
                "export Jamail__Keys__0__Id=k1 Jamail__Keys__0__Key=\"$(openssl rand -base64 32)\"");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
