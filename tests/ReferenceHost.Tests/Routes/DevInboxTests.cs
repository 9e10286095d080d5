using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class DevInboxTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_sandbox_shows_what_it_kept_and_counts_it(Store store)
    {
        using var folder = new TemporaryFolder("inbox");
        await using var host = await RunningHost.StartAsync(await HostSettings.ForAsync(store, folder));
        var api = host.Api;
        foreach (var name in new[] { "anna", "bert", "carl" })
        {
            var id = (await api.PostAsync("/api/emails", new { to = $"{name}@example.com", subject = $"For {name}", html = "<p>h</p>" })).Expect(202).Id;
            await Eventually.Satisfies(() => api.GetAsync($"/api/emails/{id}"), reply => reply["status"].GetString() == "sent", "the e-mail to be sent");
        }

        var first = (await api.GetAsync("/api/dev/inbox?limit=2")).Expect(200);
        var rest = (await api.GetAsync($"/api/dev/inbox?limit=2&cursor={first["next"].GetString()}")).Expect(200);
        var raw = (await api.GetAsync($"/api/dev/inbox/{first.Items[0].GetProperty("id").GetString()}")).Expect(200);
        var stats = (await api.GetAsync("/api/mail/stats")).Expect(200);
        var cleared = (await api.DeleteAsync("/api/dev/inbox")).Expect(200);

        Assert.Equal(["For carl", "For bert"], first.Items.Select(mail => mail.GetProperty("subject").GetString()));
        Assert.Equal(["For anna"], rest.Items.Select(mail => mail.GetProperty("subject").GetString()));
        Assert.Equal("message/rfc822", raw.MediaType);
        Assert.Contains("Subject: For carl\r\n", raw.Text, StringComparison.Ordinal);
        Assert.Equal(3, cleared["count"].GetInt32());
        Assert.Empty((await api.GetAsync("/api/dev/inbox")).Expect(200).Items);
        (await api.GetAsync("/api/dev/inbox/..%2f..%2fjamail")).Expect(404);

        Assert.Equal(3, stats["total"].GetInt32());
        Assert.Equal(3, stats["statuses"].GetProperty("sent").GetInt32());
        Assert.Equal(["default"], stats["categories"].EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        Assert.Equal(3, stats["providers"].EnumerateArray().Sum(group => group.GetProperty("total").GetInt32()));
        Assert.Equal(3, stats["hours"].EnumerateArray().Sum(hour => hour.GetProperty("total").GetInt32()));
        (await api.GetAsync("/api/mail/stats?since=2026-01-01T00:00:00Z&until=2026-06-01T00:00:00Z")).Expect(422, "until");
        (await api.GetAsync("/api/mail/stats?since=yesterday")).Expect(422, "since");
    }

    [Fact]
    public async Task A_host_that_sends_has_no_dev_inbox_and_may_refuse_suppressed_recipients()
    {
        using var folder = new TemporaryFolder("inbox");
        await using var sink = await SmtpSink.StartAsync();
        var settings = await HostSettings.ForAsync(Store.Sqlite, folder);
        settings["Jamail__Mail__Mode"] = "Live";
        settings["Jamail__Mail__Smtp__Host"] = sink.Host;
        settings["Jamail__Mail__Smtp__Port"] = $"{sink.Port}";
        settings["Jamail__Mail__Smtp__Security"] = "None";
        settings["Jamail__Mail__RefuseSuppressed"] = "true";
        await using var host = await RunningHost.StartAsync(settings);

        (await host.Api.GetAsync("/api/dev/inbox")).Expect(404);
        (await host.Api.DeleteAsync("/api/dev/inbox")).Expect(404);
        (await host.Api.PostAsync("/api/suppressions", new { address = "anna@example.com" })).Expect(204);
        (await host.Api.PostAsync("/api/emails", new { to = "anna@example.com", subject = "s", html = "<p>h</p>" })).Expect(409);
    }
}
