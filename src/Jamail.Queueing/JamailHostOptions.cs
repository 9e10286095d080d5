namespace Jamail.Queueing;

/// <summary>Settings of the whole host. Section <c>Jamail</c>.</summary>
public sealed class JamailHostOptions
{
    /// <summary>The tenant of callers that belong to none.</summary>
    public const string DefaultTenant = "default";

    /// <summary>The Redis server: <c>host:port,…</c> as StackExchange.Redis reads it, or <c>redis://</c>, <c>rediss://</c>.</summary>
    /// <value>Default: none; then <see cref="Embedded"/> decides.</value>
    public string? Redis { get; set; }

    /// <summary>The database: an Npgsql connection string, or <c>Data Source=…</c> for SQLite.</summary>
    /// <value>Default: none; then <see cref="Embedded"/> decides.</value>
    public string? Database { get; set; }

    /// <summary>The schema that holds Jamail's tables. SQLite has none and ignores it.</summary>
    /// <value>1 to 40 lower-case letters, digits and '_', not a digit first. Default: <c>jamail</c>.</value>
    public string DatabaseSchema { get; set; } = "jamail";

    /// <summary>Whether missing tables are made when the host starts; hosts that start together wait for one another.</summary>
    /// <value>Default: <see langword="true"/>. Otherwise a host whose tables are missing does not start.</value>
    public bool Migrate { get; set; } = true;

    /// <summary>Where embedded servers and the dev inbox keep their files.</summary>
    /// <value>A path, relative to the host's content root. Default: <c>.jamail</c>.</value>
    public string DataDirectory { get; set; } = ".jamail";

    /// <summary>Whether what is not configured is embedded: a child redis-server, SQLite, the dev inbox.</summary>
    /// <value>Default: <see langword="true"/> in the Development environment, else <see langword="false"/>.</value>
    public bool? Embedded { get; set; }

    /// <summary>The key callers of the HTTP surface give as <c>Authorization: Bearer …</c> or <c>X-Api-Key</c>.</summary>
    /// <value>Default: none; then only loopback callers are served.</value>
    public string? ApiKey { get; set; }

    /// <summary>Named keys, so that they can be rotated; each may belong to a tenant.</summary>
    /// <value>Default: empty.</value>
    public IDictionary<string, JamailApiKey> ApiKeys { get; } = new Dictionary<string, JamailApiKey>();

    /// <summary>Keys that protect secrets at rest; the first is current, all can read.</summary>
    /// <value>Default: empty; made once under <see cref="DataDirectory"/> when embedded, else an error at start.</value>
    public IList<JamailKey> Keys { get; } = [];

    /// <summary>Serve callers without a key even when the host listens beyond loopback.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowAnonymous { get; set; }

    /// <summary>Take the tenant from the <c>X-Tenant</c> header. Only behind a gateway that sets it.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool TrustTenantHeader { get; set; }
}
