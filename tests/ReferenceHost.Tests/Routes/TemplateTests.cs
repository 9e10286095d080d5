using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class TemplateTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_template_is_created_read_changed_and_archived(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var created = (await api.PostAsync(
            "/api/templates", new { name = "Order paid", subject = "Order {{id}}", html = "<p>{{id}}</p>", category = "orders" })).Expect(201);
        Assert.Equal("Order paid", created["name"].GetString());
        Assert.Equal("orders", created["category"].GetString());
        Assert.Equal(1, created["version"].GetInt32());
        Assert.Equal($"/api/templates/{created.Id}", created.Headers["Location"]);

        Assert.Equal(created.Text, (await api.GetAsync(created.Headers["Location"])).Expect(200).Text);
        Assert.Equal(created.Text, (await api.GetAsync($"/api/templates/{created["key"]}")).Expect(200).Text);

        var changed = (await api.PutAsync(
            $"/api/templates/{created.Id}", new { name = "Order paid", subject = "Thanks for {{id}}", html = "<p>{{id}}</p>" })).Expect(200);
        Assert.Equal(2, changed["version"].GetInt32());
        Assert.Equal("Thanks for {{id}}", changed["subject"].GetString());

        (await api.DeleteAsync($"/api/templates/{created.Id}")).Expect(204);
        (await api.GetAsync($"/api/templates/{created.Id}")).Expect(404);
        (await api.DeleteAsync($"/api/templates/{created.Id}")).Expect(404);
        (await api.PostAsync($"/api/templates/{created.Id}/send", new { recipient = "anna@example.com", variables = new { id = 1 } })).Expect(404);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Templates_are_listed_a_page_at_a_time(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        string[] created = [await api.CreateAsync(), await api.CreateAsync(), await api.CreateAsync()];

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = (await api.GetAsync($"/api/templates?limit=2&cursor={Uri.EscapeDataString(next ?? "")}")).Expect(200);
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items.Select(item => item.GetProperty("id").GetString()!));
            next = page["next"].GetString();
        }
        while (next is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), created.ToHashSet());
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_preview_shows_what_a_recipient_would_see(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var id = await api.CreateAsync();

        var preview = (await api.PostAsync($"/api/templates/{id}/preview", new { variables = new { name = "<Anna>" } })).Expect(200);

        Assert.Equal(["subject", "html", "text", "size", "warnings"], preview.Members);
        Assert.Equal("Hello <Anna>", preview["subject"].GetString());
        Assert.Equal("<p>Welcome, &lt;Anna&gt;!</p>", preview["html"].GetString());
        Assert.Contains("Welcome, <Anna>!", preview["text"].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Missing_variables_are_named_all_at_once(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var id = await api.CreateAsync(new { name = "Order", subject = "{{order.id}}", html = "{{order.total}} {{name}}" });

        foreach (var action in (string[])["preview", "send"])
        {
            var refused = (await api.PostAsync($"/api/templates/{id}/{action}", new { recipient = "anna@example.com", variables = new { } }))
                .Expect(422);
            Assert.Equal(3, refused.Errors.Count);
            Assert.Contains("order", refused.Text, StringComparison.Ordinal);
            Assert.Contains("total", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_is_taken_is_a_conflict()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var template = Templates.Welcome();
        await api.CreateAsync(template);

        (await api.PostAsync("/api/templates", template)).Expect(409);
    }
}
