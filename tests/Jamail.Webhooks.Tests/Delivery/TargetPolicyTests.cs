using System.Net;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks.Tests;

public sealed class TargetPolicyTests
{
    [Theory]
    [InlineData("https://hooks.example.com/in?x=1")]
    [InlineData("https://hooks.example.com:8443/")]
    [InlineData("https://hooks.example.com:65535/")]
    [InlineData("https://bücher.example.com/")]
    [InlineData("https://[2001:4860:4860::8888]/")]
    public void Ordinary_urls_pass(string url) => Assert.Null(Policy().Check(url, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hooks.example.com")]
    [InlineData("/in")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@hooks.example.com/")]
    [InlineData("https://user@hooks.example.com/")]
    [InlineData("https://a&@b#@c/")]
    [InlineData("https://hooks.example.com/#part")]
    [InlineData("https://hooks.example.com:0/")]
    [InlineData("https://hooks.example.com:22/")]
    [InlineData("https://hooks.example.com/a b")]
    [InlineData("https://hooks.example.com/\r\nx: y")]
    public void Urls_that_break_a_rule_are_refused_with_a_fix(string? url)
    {
        var problem = Policy().Check(url, out _);

        Assert.NotNull(problem);
        Assert.Equal("url", problem.Field);
        Assert.NotEmpty(problem.Fix);
        Assert.DoesNotContain("secret", problem.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_url_that_is_too_long_is_refused() =>
        Assert.Contains(
            "2048", Policy().Check("https://hooks.example.com/" + new string('x', 2048), out _)!.Rule, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("https://169.254.169.254./")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://metadata.google.internal/")]
    public async Task Denied_hosts_are_known_in_every_spelling(string text)
    {
        var policy = Policy();
        Assert.Null(policy.Check(text, out var url));

        Assert.Equal("url", (await policy.CheckHostAsync(url, default))?.Field);
    }

    [Fact]
    public async Task A_name_that_cannot_be_looked_up_now_may_be_stored()
    {
        var policy = Policy();
        Assert.Null(policy.Check("https://soon.example.com/", out var url));

        Assert.Null(await policy.CheckHostAsync(url, default));
    }

    [Theory]
    [InlineData(null, "http://soon.example.com/", true)]
    [InlineData(null, "http://public.example.com/", true)]
    [InlineData(null, "http://10.0.0.1/", false)]
    [InlineData(true, "http://public.example.com/", false)]
    [InlineData(false, "http://10.0.0.1/", true)]
    public async Task Plain_http_is_for_listed_networks_unless_the_owner_says_otherwise(bool? allow, string text, bool refused)
    {
        var policy = Policy(options =>
        {
            options.AllowHttp = allow;
            options.AllowedNetworks.Add("10.0.0.0/8");
        });

        var problem = policy.Check(text, out var url) ?? await policy.CheckHostAsync(url, default);

        Assert.Equal(refused, problem is not null);
    }

    [Fact]
    public void Allowed_ports_replace_the_usual_ones()
    {
        var policy = Policy(options => options.AllowedPorts.Add("9000-9001"));

        Assert.Null(policy.Check("https://hooks.example.com:9001/", out _));
        Assert.Contains("9000-9001", policy.Check("https://hooks.example.com/", out _)!.Fix, StringComparison.Ordinal);
    }

    private static TargetPolicy Policy(Action<WebhooksOptions>? configure = null)
    {
        var options = new WebhooksOptions();
        configure?.Invoke(options);
        var resolver = new FixedResolver(new() { ["public.example.com"] = [IPAddress.Parse("8.8.8.8")] });
        return new(
            Options.Create(options),
            new AddressGuard(new AllowedNetworks(options.AllowedNetworks), resolver, new OwnAddresses(TimeProvider.System)));
    }
}
