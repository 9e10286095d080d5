using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class EmailTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_e_mail_with_everything_is_accepted_sent_and_told_of(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var template = await api.CreateAsync();
        var key = Guid.NewGuid().ToString();
        var body = new
        {
            to = "anna@example.com", from = "Shop <shop@example.com>", cc = new[] { "bert@example.com" }, bcc = new[] { "carl@example.com" },
            replyTo = "help@example.com", template = new { key = template, variables = new { name = "Anna" } }, category = "default",
            headers = new Dictionary<string, string> { ["X-Order"] = "4711" }, tags = new[] { $"t-{key}" },
            metadata = new { order = "4711" }, priority = 5,
            attachments = new[] { new { fileName = "a.txt", contentType = "text/plain", content = Convert.ToBase64String("hi"u8) } },
        };

        var accepted = (await api.PostAsync("/api/emails", body, ("Idempotency-Key", key))).Expect(202);
        var replay = (await api.PostAsync("/api/emails", body, ("Idempotency-Key", key))).Expect(202);
        var path = accepted.Headers["Location"];
        var sent = await Eventually.Satisfies(() => api.GetAsync(path), reply => reply["status"].GetString() == "sent", "the e-mail to be sent");

        Assert.Equal(["id", "status", "messageId"], accepted.Members);
        Assert.Equal("queued", accepted["status"].GetString());
        Assert.Equal(accepted.Text, replay.Text);
        Assert.Equal("true", replay.Headers["Idempotent-Replay"]);
        Assert.False(accepted.Headers.ContainsKey("Idempotent-Replay"));
        Assert.Equal("4711", sent["metadata"].GetProperty("order").GetString());
        Assert.Equal(1, sent["template"].GetProperty("version").GetInt32());
        Assert.Equal("sent", (await api.GetAsync($"{path}/attempts")).Expect(200).Items[0].GetProperty("outcome").GetString());
        Assert.Equal(
            ["accepted", "attempt", "sent"],
            (await api.GetAsync($"{path}/events")).Expect(200).Items.Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("Hello Anna", (await api.GetAsync($"{path}/content")).Expect(200)["subject"].GetString());
        var raw = (await api.GetAsync($"{path}/raw")).Expect(200);
        Assert.Equal("message/rfc822", raw.MediaType);
        Assert.Contains("X-Order: 4711\r\n", raw.Text, StringComparison.Ordinal);
        Assert.Equal(accepted.Id, Assert.Single((await api.GetAsync($"/api/emails?tag=t-{key}&status=sent")).Expect(200).Items).GetProperty("id").GetString());
        var resent = (await api.PostAsync($"{path}/resend")).Expect(202);
        Assert.NotEqual(accepted.Id, resent.Id);
        (await api.PostAsync($"{path}/cancel")).Expect(409);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_batch_is_taken_back_as_a_whole(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var later = DateTimeOffset.UtcNow.AddHours(1);
        object Mail(string name, string category) => new { to = $"{name}@example.com", subject = "s", html = "<p>h</p>", category, scheduledAt = later };
        var batch = (await api.PostAsync("/api/emails/batch", new { emails = new[] { Mail("anna", "bulk"), Mail("bert", "default") } })).Expect(202);
        var path = $"/api/emails/batch/{batch["batchId"].GetString()}/cancel";

        var cancelled = (await api.PostAsync(path)).Expect(200);
        var again = (await api.PostAsync(path)).Expect(200);

        Assert.Equal(["batchId", "cancelled", "left"], cancelled.Members);
        Assert.Equal((2, 0), (cancelled["cancelled"].GetInt32(), cancelled["left"].GetInt32()));
        Assert.Equal((0, 2), (again["cancelled"].GetInt32(), again["left"].GetInt32()));
        Assert.All(
            (await api.GetAsync($"/api/emails?batch={batch["batchId"].GetString()}")).Expect(200).Items,
            item => Assert.Equal("cancelled", item.GetProperty("status").GetString()));
        (await api.PostAsync("/api/emails/batch/unknown/cancel")).Expect(404);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_e_mail_may_name_its_server_and_what_it_is_about(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var key = $"password-{Guid.NewGuid()}";
        object Body(string subject, string provider = "default", int seconds = 600) =>
            new { to = "anna@example.com", subject, html = "<p>h</p>", provider, dedupeKey = key, dedupeWindowSeconds = seconds };

        var first = (await api.PostAsync("/api/emails", Body("one"))).Expect(202);
        var second = (await api.PostAsync("/api/emails", Body("two"))).Expect(202);
        var resent = (await Eventually.Satisfies(
            () => api.PostAsync($"/api/emails/{first.Id}/resend", new { provider = "default" }), reply => reply.Status == 202, "the e-mail to have ended")).Id;

        Assert.Equal((first.Id, "true"), (second.Id, second.Headers["Idempotent-Replay"]));
        Assert.NotEqual(first.Id, resent);
        (await api.PostAsync("/api/emails", Body("three", provider: "nobody"))).Expect(422, "/provider");
        (await api.PostAsync("/api/emails", Body("three", seconds: 0))).Expect(422, "/dedupeWindowSeconds");
        (await api.PostAsync($"/api/emails/{first.Id}/resend", new { provider = "nobody" })).Expect(422, "/provider");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_e_mail_that_waits_is_moved_and_cancelled(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var later = DateTimeOffset.UtcNow.AddHours(1);
        var id = (await api.PostAsync("/api/emails", new { to = "a@example.com", subject = "s", html = "<p>h</p>", scheduledAt = later })).Expect(202).Id;

        (await api.SendAsync(HttpMethod.Patch, $"/api/emails/{id}", System.Net.Http.Json.JsonContent.Create(new { scheduledAt = later.AddHours(1) }))).Expect(204);
        var moved = (await api.GetAsync($"/api/emails/{id}")).Expect(200);
        (await api.PostAsync($"/api/emails/{id}/cancel")).Expect(204);

        Assert.Equal("scheduled", moved["status"].GetString());
        Assert.Equal(later.AddHours(1).ToUnixTimeSeconds(), moved["scheduledAt"].GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal("cancelled", (await api.GetAsync($"/api/emails/{id}")).Expect(200)["status"].GetString());
        (await api.SendAsync(HttpMethod.Patch, $"/api/emails/{id}", System.Net.Http.Json.JsonContent.Create(new { scheduledAt = later }))).Expect(409);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_batch_names_each_fault_by_its_place(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        object[] emails =
        [
            new { to = "a@example.com", subject = "s", html = "<p>h</p>" }, new { subject = "s", html = "h" },
            new { to = "nobody", subject = "s", html = "h" },
            new { to = "b@example.com", template = new { key = "none" } },
        ];

        var strict = (await api.PostAsync("/api/emails/batch", new { emails = emails.Where((_, i) => i != 1) })).Expect(422, "/emails/1/to");
        (await api.PostAsync("/api/emails/batch", new { emails })).Expect(422, "/emails/1/to");
        var partial = (await api.PostAsync("/api/emails/batch", new { emails, mode = "partial" })).Expect(202);

        Assert.Contains(strict.Errors, error => error.GetProperty("field").GetString() == "/emails/2/template/key");
        Assert.Equal((1, 3), (partial["accepted"].GetInt32(), partial["refused"].GetInt32()));
        Assert.Equal("/to", partial.Items[1].GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Single((await api.GetAsync(partial.Headers["Location"])).Expect(200).Items);
        (await api.PostAsync("/api/emails/batch", new { emails, mode = "some" })).Expect(422, "/mode");
        (await api.PostAsync("/api/emails/batch", new { emails = Array.Empty<object>() })).Expect(422, "/emails");
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_a_JSON_pointer()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var template = await api.CreateAsync();
        object Mail(object extra) => extra;

        (await api.PostAsync("/api/emails", Mail(new { to = "a@example.com", template = new { key = template } }))).Expect(422, "/template/variables/name");
        (await api.PostAsync("/api/emails", Mail(new { to = "a@example.com", template = new { key = "none" } }))).Expect(422, "/template/key");
        (await api.PostAsync("/api/emails", Mail(new { subject = "s", html = "h" }))).Expect(422, "/to");
        (await api.PostAsync("/api/emails", Mail(new { to = "a@example.com", subject = "s", html = "h", cc = new[] { "b@example.com", "x\r\ny" } }))).Expect(422, "/cc/1");
        (await api.PostAsync("/api/emails", Mail(new { to = "a@example.com", subject = "s", html = "h", cc = 7 }))).Expect(422, "/cc");
        (await api.PostAsync("/api/emails", Mail(new { to = "a@example.com", subject = "s", html = "h", attachments = new[] { new { fileName = "a", content = "?" } } })))
            .Expect(422, "/attachments/0/content");
        (await api.PostAsync("/api/emails", Mail(new
        {
            to = "a@example.com", subject = "s", html = "h", attachments = new[] { new { fileName = "a", content = new string('A', 15 * 1024 * 1024) } },
        }))).Expect(413);
        (await api.GetAsync($"/api/emails/{Guid.NewGuid()}/raw")).Expect(404);
        (await api.PostAsync($"/api/emails/{Guid.NewGuid()}/cancel")).Expect(404);
    }
}
