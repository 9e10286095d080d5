using System.Net;
using Jamail.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace ReferenceHost.Tests.Access;

public sealed class AnonymousRuleTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:5080")]
    [InlineData("127.0.0.1", "127.0.0.1:5080")]
    [InlineData("127.8.9.10", "LocalHost")]
    [InlineData("::1", "[::1]:5080")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1:5080")]
    public void Programs_on_this_machine_are_served(string remote, string host) =>
        Assert.Null(AnonymousRule.Refusal(Request(remote, host)));

    [Theory]
    [InlineData("10.0.0.7", "127.0.0.1:5080")]
    [InlineData("192.168.1.5", "localhost")]
    [InlineData("::ffff:10.0.0.7", "localhost")]
    [InlineData(null, "localhost")]
    public void Other_machines_are_not(string? remote, string host) =>
        AssertRefused(Request(remote, host), "remote address");

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1:5080")]
    [InlineData("0.0.0.0:5080")]
    [InlineData("")]
    public void A_name_that_was_bent_to_this_machine_is_not(string host) =>
        AssertRefused(Request("127.0.0.1", host), "Host");

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-proto")]
    [InlineData("X-Forwarded-Anything")]
    [InlineData("Forwarded")]
    public void A_forwarded_request_is_not(string header) =>
        AssertRefused(Request("127.0.0.1", "localhost", (header, "127.0.0.1")), header);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:3000")]
    [InlineData("https://localhost:5080")]
    [InlineData("null")]
    [InlineData("")]
    public void A_web_page_of_another_origin_is_not(string origin) =>
        AssertRefused(Request("127.0.0.1", "localhost:5080", ("Origin", origin)), "Origin");

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("")]
    public void A_request_that_a_browser_marks_as_foreign_is_not(string site) =>
        AssertRefused(Request("127.0.0.1", "localhost:5080", ("Sec-Fetch-Site", site)), "Sec-Fetch-Site");

    [Theory]
    [InlineData("Origin", "http://localhost:5080")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public void A_page_of_the_host_itself_is_served(string header, string value) =>
        Assert.Null(AnonymousRule.Refusal(Request("127.0.0.1", "localhost:5080", (header, value))));

    private static void AssertRefused(HttpContext request, string field)
    {
        var problem = AnonymousRule.Refusal(request);

        Assert.Equal(403, problem?.Status);
        var error = Assert.Single(problem!.Errors);
        Assert.Equal(field, error.Field);
        Assert.Contains("Jamail:ApiKey", error.Fix, StringComparison.Ordinal);
    }

    private static DefaultHttpContext Request(string? remote, string host, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return context;
    }
}
