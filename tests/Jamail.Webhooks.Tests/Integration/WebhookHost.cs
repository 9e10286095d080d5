using System.Security.Cryptography;
using Dapper;
using Jamail.Queueing;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>A host with webhooks on tables and Redis keys of its own, for endpoints on loopback.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly IHost _host;

    private WebhookHost(IHost host, Dictionary<string, string?> settings, LogLines log, TemporaryFolder? folder)
    {
        _host = host;
        _folder = folder;
        Settings = settings;
        Log = log;
    }

    public Dictionary<string, string?> Settings { get; }

    public LogLines Log { get; }

    public IWebhookPublisher Publisher => Get<IWebhookPublisher>();

    public IWebhookEndpoints Endpoints => Get<IWebhookEndpoints>();

    public IDeliveryHistory History => Get<IDeliveryHistory>();

    public IWebhookSecrets Secrets => Get<IWebhookSecrets>();

    public IWebhookEvents Events => Get<IWebhookEvents>();

    public IWebhookEventTypes EventTypes => Get<IWebhookEventTypes>();

    public IWebhookRecovery Recovery => Get<IWebhookRecovery>();

    public IJobQueue Queue => Get<IJobQueues>().Get(WebhooksOptions.QueueName);

    public IJobQueueInspector Inspector => Get<IJobQueues>().Inspect(WebhooksOptions.QueueName);

    public static async Task<WebhookHost> StartAsync(
        string database,
        Action<Dictionary<string, string?>>? settings = null,
        RedisServer? redis = null,
        IHostResolver? resolver = null,
        bool works = true,
        Action<IServiceCollection>? services = null)
    {
        var folder = new TemporaryFolder("webhooks");
        var all = await Databases.SettingsAsync(database, folder);
        all["Jamail:Redis"] = (redis ?? RedisServer.Shared).ConnectionString;
        all["Jamail:Queueing:Prefix"] = $"b{Guid.NewGuid():N}";
        all["Jamail:DataDirectory"] = folder.Path;
        all["Jamail:Keys:0:Id"] = "k1";
        all["Jamail:Keys:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        all["Jamail:Webhooks:AllowedNetworks:0"] = "127.0.0.0/8";
        all["Jamail:Webhooks:SweepInterval"] = "00:00:00.500";
        all["Jamail:Webhooks:RetrySchedule:0"] = "00:00:00.100";
        all["Jamail:Webhooks:RetrySchedule:1"] = "00:00:00.200";
        all["Jamail:Webhooks:Timeout"] = "00:00:30"; // No machine is so slow that an answer becomes a failed attempt.
        settings?.Invoke(all);
        return await StartAsync(all, folder, resolver, works, services);
    }

    /// <summary>Another host on the same tables and keys.</summary>
    public Task<WebhookHost> StartAnotherAsync(bool works = true) => StartAsync(Settings, null, null, works, null);

    public async Task<CreatedWebhookEndpoint> CreateAsync(
        WebhookSink sink, WebhookEndpointSettings settings, params string[] events) =>
        await Endpoints.CreateAsync(new NewWebhookEndpoint { Url = sink.Url, Events = events, Settings = settings });

    public async Task<CreatedWebhookEndpoint> CreateAsync(WebhookSink sink, params string[] events) =>
        await Endpoints.CreateAsync(new NewWebhookEndpoint { Url = sink.Url, Events = events });

    /// <summary>Waits for requests; when they do not come, says what the host logged meanwhile.</summary>
    public async Task<IReadOnlyList<ReceivedWebhook>> ArrivalAsync(WebhookSink sink, int count, TimeSpan? limit = null)
    {
        try
        {
            return await sink.WaitAsync(count, limit);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} The host logged:\n{Log.Text}", exception);
        }
    }

    public Task<WebhookDelivery> DeliveryAsync(string webhookId, Func<WebhookDelivery, bool> condition, string expectation) =>
        Eventually.Satisfies(
            async () => (await History.TryListAsync(webhookId))!.Items[0],
            condition,
            expectation);

    public Task<WebhookDelivery> DeliveryAsync(string webhookId, DeliveryStatus status) =>
        DeliveryAsync(webhookId, delivery => delivery.Status == status, $"the delivery to be {status}");

    /// <summary>Changes rows as no call does; <c>{t}</c> stands before the names of tables.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Get<Database>().WriteAsync((transaction, _) => transaction.Connection!.ExecuteAsync(Sql(sql), parameters, transaction), default);

    /// <summary>Reads one value that no call shows; <c>{t}</c> stands before the names of tables.</summary>
    public Task<TValue?> ScalarAsync<TValue>(string sql) =>
        Get<Database>().ReadAsync((connection, _) => connection.ExecuteScalarAsync<TValue?>(Sql(sql)), default);

    /// <summary>A delivery as the outbox reads it to make its job.</summary>
    public async Task<OutboxDelivery> LoadOutboxAsync(string delivery) => Assert.Single(await Get<Database>().ReadAsync(
        (connection, token) => Get<Statements>().QueryAsync<OutboxDelivery>(
            connection, WebhookSql.LoadOutbox, new { ids = new[] { delivery } }, token),
        default));

    public Task<JobState> JobStateAsync(string delivery) => Inspector.GetStateAsync(JobId.Parse($"whd-{delivery}"));

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder?.Dispose();
    }

    private string Sql(string sql) => sql.Replace("{t}", Get<Database>().TablePrefix, StringComparison.Ordinal);

    private static async Task<WebhookHost> StartAsync(
        Dictionary<string, string?> settings, TemporaryFolder? folder, IHostResolver? resolver, bool works, Action<IServiceCollection>? services)
    {
        var log = new LogLines();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        if (resolver is not null)
        {
            builder.Services.AddSingleton(resolver);
        }

        if (!works)
        {
            builder.Services.AddJamailQueueing().WithoutWorkers();
        }

        builder.Services.AddJamailWebhooks();
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new WebhookHost(host, settings, log, folder);
    }
}
