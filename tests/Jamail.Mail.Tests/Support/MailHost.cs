using System.Data.Common;
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

    public IEmailCategories Categories => Services.GetRequiredService<IEmailCategories>();

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
        return new MailHost(host, settings);
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

    public async Task<int> CountAsync(EmailStatus status)
    {
        await using var connection = await OpenDatabaseAsync();
        await using var command = connection.CreateCommand();
        var table = connection is NpgsqlConnection ? "jamail.mail_send_log" : "mail_send_log";
#pragma warning disable CA2100 // Both parts are fixed.
        command.CommandText = $"select count(*) from {table} where status = {(int)status}";
#pragma warning restore CA2100
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

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
