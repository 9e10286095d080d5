using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Hosting;

public sealed class SecretTests : IDisposable
{
    private const string Canary = "c4n4ry";

    private readonly TemporaryFolder _folder = new("host");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_secret_appears_in_no_log_error_or_job_view()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { Password = $"{Canary}-redis" });
        await using var smtp = await SmtpSink.StartAsync();
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Close);
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Logging__LogLevel__Default"] = "Trace";
        settings["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug";
        settings["Jamail__Redis"] = redis.ConnectionString;
        settings["Jamail__ApiKey"] = $"{Canary}-api-key-0123456789";
        settings["Jamail__Mail__Mode"] = "Live";
        settings["Jamail__Mail__AllowedNetworks__0"] = "127.0.0.0/8";
        settings["Jamail__Mail__Smtp__Host"] = smtp.Host;
        settings["Jamail__Mail__Smtp__Port"] = smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["Jamail__Mail__Smtp__Security"] = "None";
        settings["Jamail__Mail__Smtp__AllowPlainTextSignIn"] = "true";
        settings["Jamail__Mail__Smtp__User"] = "mailer";
        settings["Jamail__Mail__Smtp__Password"] = $"{Canary}-smtp";
        await using var host = await RunningHost.StartAsync(settings);
        var key = ("X-Api-Key", settings["Jamail__ApiKey"]);

        (await host.Api.PostAsync(
            "/api/webhooks", new { url = sink.Url, events = new[] { "*" }, secret = $"{Canary}-webhook-secret" }, key)).Expect(201);
        var template = (await host.Api.PostAsync("/api/templates", Templates.Welcome(), key)).Expect(201).Id;
        var sent = (await host.Api.PostAsync(
            $"/api/templates/{template}/send", new { recipient = "anna@example.com", variables = new { name = "Anna" } }, key)).Expect(202);
        var short_ = (await host.Api.PostAsync("/api/webhooks", new { url = sink.Url, secret = Canary }, key)).Expect(422, "secret");
        var wrong = (await host.Api.GetAsync("/api/queues", ("X-Api-Key", $"{Canary}-wrong"))).Expect(401);
        await sink.WaitAsync(3);

        var views = new List<string> { short_.Text, wrong.Text };
        foreach (var path in (string[])
            ["/api/webhooks", "/api/queues/webhook-delivery/jobs?limit=200", "/api/queues/email-sending/jobs", "/api/queues",
            $"/api/send-logs/{sent["logId"]}", "/health/ready"])
        {
            views.Add((await host.Api.GetAsync(path, key)).Expect(200).Text);
        }

        await redis.StopAsync();
        await Eventually.Equal(503, async () => (await host.Api.GetAsync("/health/ready")).Status, "readiness");
        views.Add((await host.Api.GetAsync("/api/queues", key)).Expect(503).Text);
        await host.InterruptAsync();

        Assert.All(views, view => Assert.DoesNotContain(Canary, view, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Canary, host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(HostSettings.Key, host.Output, StringComparison.Ordinal);
    }
}
