using System.Data.Common;
using System.Text.RegularExpressions;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Shared;

/// <summary>Which database the host's settings mean.</summary>
/// <param name="Dialect">Whose SQL it speaks.</param>
/// <param name="Target">PostgreSQL: a connection string. SQLite: the full path of the file.</param>
/// <param name="Schema">Where PostgreSQL keeps the tables.</param>
internal sealed partial record DatabaseSettings(SqlDialect Dialect, string Target, string Schema)
{
    private const string Examples =
        "'Host=…;Database=…;Username=…;Password=…' for PostgreSQL or 'Data Source=jamail.db' for SQLite";

    /// <summary>What stands for <c>{t}</c> in SQL files.</summary>
    public string TablePrefix => Dialect == SqlDialect.Postgres ? $"{Schema}." : "";

    /// <param name="options">The host's settings, completed.</param>
    /// <param name="contentRoot">What a relative file is relative to.</param>
    /// <exception cref="OptionsValidationException">The settings name no database; the message names the setting and the fix.</exception>
    public static DatabaseSettings Resolve(JamailHostOptions options, string contentRoot)
    {
        if (string.IsNullOrWhiteSpace(options.Database))
        {
            throw Refusal(
                $"Jamail:Database is not set. Set it to a connection string, {Examples}, or set Jamail:Embedded to true "
                + "to keep the data in a file under Jamail:DataDirectory.");
        }

        if (!SchemaName().IsMatch(options.DatabaseSchema))
        {
            throw Refusal(
                $"Jamail:DatabaseSchema is '{options.DatabaseSchema}' but must be 1 to 40 lower-case letters, digits and '_', "
                + "not a digit first; choose another name.");
        }

        return PostgresUri.TryConvert(options.Database, out var converted)
            ? new DatabaseSettings(SqlDialect.Postgres, converted, options.DatabaseSchema)
            : Parse(options.Database, options.DatabaseSchema, contentRoot);
    }

    private static DatabaseSettings Parse(string text, string schema, string contentRoot)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw Refusal($"Jamail:Database is no connection string (not shown: it may hold a password). Use {Examples}.");
        }

        if (parts.ContainsKey("Host") || parts.ContainsKey("Server"))
        {
            return new DatabaseSettings(SqlDialect.Postgres, text, schema);
        }

        foreach (var name in (string[])["Data Source", "DataSource", "Filename"])
        {
            if (parts.TryGetValue(name, out var value) && value is string { Length: > 0 } file)
            {
                return file.Contains(":memory:", StringComparison.Ordinal)
                    ? throw Refusal("Jamail:Database is an in-memory database, which would lose every accepted mail. Name a file.")
                    : new DatabaseSettings(SqlDialect.Sqlite, Path.GetFullPath(file, contentRoot), schema);
            }
        }

        throw Refusal($"Jamail:Database names neither a host nor a file (not shown: it may hold a password). Use {Examples}.");
    }

    private static OptionsValidationException Refusal(string message) =>
        new(nameof(JamailHostOptions), typeof(JamailHostOptions), [message]);

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,39}$")]
    private static partial Regex SchemaName();
}
