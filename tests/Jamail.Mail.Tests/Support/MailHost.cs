using System.Data.Common;
using Dapper;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jamail.Mail.Tests.Support;

/// <summary>A host with the e-mail pipeline over a database, a Redis and a mail server of the test.</summary>
internal sealed class MailHost : IAsyncDisposable
{
    private readonly IHost _host;

    private MailHost(IHost host, MailHostSettings settings)
    {
        _host = host;
        Settings = settings;
    }

    public MailHostSettings Settings { get; }

    public IServiceProvider Services => _host.Services;

    public IMailer Mailer => Services.GetRequiredService<IMailer>();

    public ISendLog Log => Services.GetRequiredService<ISendLog>();

    public IEmailTemplates Templates => Services.GetRequiredService<IEmailTemplates>();

    public IEmailProviders Providers => Services.GetRequiredService<IEmailProviders>();

    public IUncertainEmails Uncertain => Services.GetRequiredService<IUncertainEmails>();

    public IEmailCategories Categories => Services.GetRequiredService<IEmailCategories>();

    public ISuppressions Suppressions => Services.GetRequiredService<ISuppressions>();

    public IJobQueueInspector Queue => Services.GetRequiredService<IJobQueues>().Inspect(MailOptions.QueueName);

    /// <summary>A host of bare settings, for a process of its own.</summary>
    public static async Task<IHost> StartBareAsync(IReadOnlyDictionary<string, string?> configuration)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing" });
        foreach (var (key, value) in configuration)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddJamailMail();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static async Task<MailHost> StartAsync(MailHostSettings settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing" });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        if (settings.Logs is not null)
        {
            builder.Logging.AddProvider(settings.Logs);
        }

        foreach (var (key, value) in settings.Configuration())
        {
            builder.Configuration[key] = value;
        }

        var mail = builder.Services.AddJamailMail();
        if (!settings.Works)
        {
            builder.Services.AddJamailQueueing().WithoutWorkers();
        }

        settings.Configure?.Invoke(mail);
        var host = builder.Build();
        await host.StartAsync();
        var started = new MailHost(host, settings);
        if (settings.Defer is { } waits)
        {
            await started.Categories.SaveAsync(new EmailCategory
            {
                Key = "default",
                DeferSchedule = waits,
                MaxAge = settings.MaxAge,
                Uncertain = settings.Uncertain,
                ReconcileWait = settings.ReconcileWait,
            });
        }

        return started;
    }

    /// <summary>A connection of the caller's own to the database of Jamail's tables.</summary>
    public async Task<DbConnection> OpenDatabaseAsync()
    {
        DbConnection connection = Settings.Database.StartsWith("Data Source", StringComparison.Ordinal)
            ? new SqliteConnection(Settings.Database)
            : new NpgsqlConnection(Settings.Database);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<SendLogEntry> WaitForAsync(EmailId id, EmailStatus status, TimeSpan? within = null) =>
        (await Eventually.Satisfies(
            () => Log.TryGetAsync(id.Value), entry => entry?.Status == status, $"mail {id} to be {status}", within))!;

    /// <summary>Waits for a sweep that began after this call, to its end.</summary>
    public async Task SweptAsync()
    {
        // What a sweep does last is to remove idempotency keys past their time; one begun before may remove the first.
        for (var sweep = 0; sweep < 2; sweep++)
        {
            var key = Guid.NewGuid().ToString("N");
            await ExecuteAsync(
                "insert into {t}mail_idempotency (tenant_id, route, key, fingerprint, response, expires_at) values ('t', 'sweep', @key, @print, '', 0)",
                new { key, print = Array.Empty<byte>() });
            await Eventually.Equal(
                0L, () => ScalarAsync<long>("select count(*) from {t}mail_idempotency where key = @key", new { key }), "keys past their time");
        }
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await OpenDatabaseAsync();
        await connection.ExecuteAsync(Sql(connection, sql), parameters);
    }

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenDatabaseAsync();
        return (await connection.ExecuteScalarAsync<T>(Sql(connection, sql), parameters))!;
    }

    public async Task<int> CountAsync(EmailStatus status) =>
        (int)await ScalarAsync<long>("select count(*) from {t}mail_send_log where status = @status", new { status = (int)status });

    private static string Sql(DbConnection connection, string sql) =>
        sql.Replace("{t}", connection is NpgsqlConnection ? "jamail." : "", StringComparison.Ordinal);

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
