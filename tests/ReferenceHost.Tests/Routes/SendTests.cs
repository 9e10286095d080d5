using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class SendTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_accepted_e_mail_is_sent_and_its_log_says_so(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var template = await api.CreateAsync();

        var accepted = (await api.PostAsync(
            $"/api/templates/{template}/send", new { recipient = "anna@example.com", variables = new { name = "Anna" } })).Expect(202);

        Assert.Equal(["message", "logId"], accepted.Members);
        Assert.Equal("Email queued for delivery", accepted["message"].GetString());
        var log = await SentAsync(api, accepted["logId"].GetString()!);
        Assert.Equal(
            ["id", "templateId", "recipient", "subject", "category", "status", "attempts", "error", "queuedAt", "sentAt"], log.Members);
        Assert.Equal(accepted["logId"].GetString(), log.Id);
        Assert.Equal(template, log["templateId"].GetString());
        Assert.Equal("anna@example.com", log["recipient"].GetString());
        Assert.Equal("Hello Anna", log["subject"].GetString());
        Assert.Equal(1, log["attempts"].GetInt32());
        Assert.Null(log["error"].GetString());
        Assert.True(log["sentAt"].GetDateTimeOffset() >= log["queuedAt"].GetDateTimeOffset());
        Assert.Equal(log.Text, (await api.GetAsync(accepted.Headers["Location"])).Expect(200).Text);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_log_is_filtered_by_recipient_and_status(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var template = await api.CreateAsync();
        var recipient = $"{Guid.NewGuid():N}@example.com";
        string[] sent = [await api.SendAsync(template, recipient), await api.SendAsync(template, recipient), await api.SendAsync(template, recipient)];
        foreach (var id in sent)
        {
            await SentAsync(api, id);
        }

        var first = (await api.GetAsync($"/api/send-logs?recipient={recipient}&status=sent&limit=2")).Expect(200);
        var second = (await api.GetAsync(
            $"/api/send-logs?recipient={recipient}&status=sent&limit=2&cursor={Uri.EscapeDataString(first["next"].GetString()!)}")).Expect(200);

        Assert.Null(second["next"].GetString());
        Assert.Equal(sent.Reverse(), first.Items.Concat(second.Items).Select(item => item.GetProperty("id").GetString()));
        Assert.Empty((await api.GetAsync($"/api/send-logs?recipient={recipient}&status=failed")).Expect(200).Items);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_same_call_with_the_same_idempotency_key_sends_once(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var template = await api.CreateAsync();
        var key = Guid.NewGuid().ToString();
        object Body(string name) => new { recipient = "anna@example.com", variables = new { name } };

        var first = (await api.PostAsync($"/api/templates/{template}/send", Body("Anna"), ("Idempotency-Key", key))).Expect(202);
        var second = (await api.PostAsync($"/api/templates/{template}/send", Body("Anna"), ("Idempotency-Key", key))).Expect(202);
        var other = await api.PostAsync($"/api/templates/{template}/send", Body("Bert"), ("Idempotency-Key", key));

        Assert.Equal(first["logId"].GetString(), second["logId"].GetString());
        other.Expect(422, "Idempotency-Key");
    }

    [Fact]
    public async Task An_e_mail_that_was_never_accepted_is_not_found()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        (await api.GetAsync($"/api/send-logs/{Guid.NewGuid()}")).Expect(404);
        (await api.GetAsync("/api/send-logs/nonsense")).Expect(404);
    }

    internal static Task<Reply> SentAsync(Api api, string logId) => Eventually.Satisfies(
        () => api.GetAsync($"/api/send-logs/{logId}"),
        reply => reply.Status == 200 && reply["status"].GetString() == "sent",
        $"e-mail {logId} to be sent");
}
