using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Access;

public sealed class KeyTests(KeyedHost host) : IClassFixture<KeyedHost>
{
    private const string Master = KeyedHost.Master;
    private const string Old = KeyedHost.Old;
    private const string Staff = KeyedHost.Staff;
    private const string Shop = KeyedHost.Shop;

    [Fact]
    public async Task Without_a_key_nobody_is_served()
    {
        var refused = (await host.Api.GetAsync("/api/templates")).Expect(401, "Authorization");

        Assert.Equal("Bearer", refused.Headers["WWW-Authenticate"]);
        (await host.Api.GetAsync("/api/templates", ("Authorization", "Bearer wrong"))).Expect(401);
        (await host.Api.GetAsync("/api/templates", ("Authorization", $"Basic {Master}"))).Expect(401);
        (await host.Api.GetAsync("/api/templates", ("X-Api-Key", ""))).Expect(401);
    }

    [Fact]
    public async Task A_caller_without_a_key_learns_nothing_about_its_body()
    {
        (await host.Api.PostAsync("/api/templates", new { })).Expect(401);
    }

    [Fact]
    public async Task Every_key_opens_in_both_headers()
    {
        foreach (var key in (string[])[Master, Old, Shop])
        {
            (await host.Api.GetAsync("/api/templates", ("Authorization", $"Bearer {key}"))).Expect(200);
            (await host.Api.GetAsync("/api/templates", ("X-Api-Key", key))).Expect(200);
        }
    }

    [Fact]
    public async Task The_key_decides_the_tenant_and_the_header_does_not()
    {
        var created = (await host.Api.PostAsync("/api/templates", Templates.Welcome(), ("X-Api-Key", Shop))).Expect(201);

        (await host.Api.GetAsync($"/api/templates/{created.Id}", ("X-Api-Key", Shop))).Expect(200);
        (await host.Api.GetAsync($"/api/templates/{created.Id}", ("X-Api-Key", Master))).Expect(404);
        (await host.Api.GetAsync($"/api/templates/{created.Id}", ("X-Api-Key", Master), ("X-Tenant", "shop"))).Expect(404);
    }

    [Fact]
    public async Task Reading_a_signing_secret_needs_a_scope_of_its_own_and_is_noted()
    {
        var webhook = (await host.Api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/" }, ("X-Api-Key", Old))).Expect(201);
        Task<Reply> ReadAsync(string what, string key) => host.Api.GetAsync($"/api/webhooks/{webhook.Id}/{what}", ("X-Api-Key", key));

        (await ReadAsync("secret", Old)).Expect(403, "secret");
        Assert.Equal(webhook["secret"].GetString(), (await ReadAsync("secret", Staff)).Expect(200)["secret"].GetString());

        var entry = Assert.Single((await ReadAsync("audit", Old)).Expect(200)["items"].EnumerateArray());
        Assert.Equal(("key staff", "secret.read"), (entry.GetProperty("actor").GetString(), entry.GetProperty("action").GetString()));
        (await ReadAsync("audit", Shop)).Expect(404);
        (await ReadAsync("secret", Shop)).Expect(403);
    }

    [Fact]
    public async Task Sending_on_in_spite_of_a_suppression_needs_a_scope_of_its_own()
    {
        (string, string) As(string key) => ("X-Api-Key", key);
        (await host.Api.PostAsync("/api/suppressions", new { address = "forced@example.com" }, As(Staff))).Expect(204);
        var email = (await host.Api.PostAsync("/api/emails", new { to = "forced@example.com", subject = "s", html = "<p>h</p>" }, As(Old))).Expect(202);
        Task<Reply> ResendAsync(string key, bool force) => host.Api.PostAsync($"/api/emails/{email.Id}/resend", new { force }, As(key));

        (await ResendAsync(Old, force: true)).Expect(403, "/force");
        Assert.Equal("suppressed", (await ResendAsync(Old, force: false)).Expect(202)["status"].GetString());
        Assert.Equal("queued", (await ResendAsync(Staff, force: true)).Expect(202)["status"].GetString());
        Assert.Equal("queued", (await ResendAsync(Master, force: true)).Expect(202)["status"].GetString());
        var audit = (await host.Api.GetAsync("/api/mail/audit", As(Old))).Expect(200).Items.Where(entry => entry.GetProperty("action").GetString() == "email.resent_by_force");
        Assert.Equal(["key ApiKey", "key staff"], audit.Select(entry => entry.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task Health_is_for_everybody()
    {
        (await host.Api.GetAsync("/health/live")).Expect(200);
        (await host.Api.GetAsync("/health/ready")).Expect(200);
    }
}
