using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Support;

/// <summary>The outside of a mail system: its database, Redis, mail server and folder, all of the test's own.</summary>
internal sealed class MailSystem : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("mail");
    private readonly RedisServer? _ownRedis;

    private MailSystem(MailHostSettings settings, SmtpSink sink, RedisServer redis, RedisServer? ownRedis)
    {
        Sink = sink;
        Redis = redis;
        _ownRedis = ownRedis;
        Settings = settings with { Folder = _folder.Path };
        if (settings.Database.Length == 0)
        {
            Settings = Settings with { Database = $"Data Source={_folder.File("jamail.db")}" };
        }
    }

    public MailHostSettings Settings { get; }

    public SmtpSink Sink { get; }

    public RedisServer Redis { get; }

    public static async Task<MailSystem> CreateAsync(Store store, bool ownRedis = false, Action<SmtpSinkOptions>? sinkOptions = null, RedisServerOptions? redisOptions = null)
    {
        var sink = await SmtpSink.StartAsync(sinkOptions);
        var redis = ownRedis ? await RedisServer.StartNewAsync(redisOptions) : RedisServer.Shared;
        var settings = new MailHostSettings
        {
            Database = store == Store.Postgres ? await PostgresServer.Shared.CreateDatabaseAsync() : "",
            Redis = redis.ConnectionString,
            Prefix = $"t{Guid.NewGuid():N}",
            Folder = "",
            Sink = sink,
        };
        return new MailSystem(settings, sink, redis, ownRedis ? redis : null);
    }

    /// <summary>A mail that needs no template.</summary>
    public static EmailMessage Mail(string to = "anna@example.com", string subject = "Hello") =>
        new() { To = to, Subject = subject, Html = "<p>Hello <b>Anna</b></p>" };

    public Task<MailHost> StartHostAsync(Func<MailHostSettings, MailHostSettings>? change = null) =>
        MailHost.StartAsync(change?.Invoke(Settings) ?? Settings);

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        if (_ownRedis is not null)
        {
            await _ownRedis.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
