using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jamail.AspNetCore;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ReferenceHost.Tests.Receiving;

/// <summary>The receiver in a host that has nothing else of Jamail but the queue's Redis.</summary>
public sealed class ReceiverTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Text = "jamail-legacy-secret";

    [Fact]
    public async Task A_standard_webhook_is_proven_read_as_its_type_and_handled_once()
    {
        var seen = new ConcurrentQueue<ReceivedWebhook<OrderPaid>>();
        await using var receiver = await StartAsync(options =>
        {
            options.Secrets.Add("whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=");
            options.Secrets.Add(Secret);
            options.On<OrderPaid>("order.paid", (webhook, _, _) => Remember(seen, webhook));
        });

        Assert.Equal(204, await receiver.StandardAsync("msg_1", """{"type":"order.paid","data":{"id":"naïve ✓"}}"""));
        Assert.Equal(200, await receiver.StandardAsync("msg_1", """{"type":"order.paid","data":{"id":"naïve ✓"}}"""));
        Assert.Equal(204, await receiver.StandardAsync("msg_2", """{"type":"order.lost","data":{}}"""));

        var webhook = Assert.Single(seen);
        Assert.Equal(("msg_1", "order.paid", "naïve ✓"), (webhook.Id, webhook.Type, webhook.Payload.Data.Id));
        Assert.NotNull(webhook.SignedAt);
    }

    [Fact]
    public async Task What_is_not_proven_is_401_and_reaches_no_handler()
    {
        var seen = new ConcurrentQueue<ReceivedWebhook<JsonElement>>();
        await using var receiver = await StartAsync(options =>
        {
            options.Secrets.Add(Secret);
            options.OnOther<JsonElement>((webhook, _, _) => Remember(seen, webhook));
        });
        const string Body = """{"type":"a"}""";

        Assert.Equal(401, await receiver.StandardAsync("msg_1", Body, age: 301));
        Assert.Equal(401, await receiver.StandardAsync("msg_1", Body, age: -302));
        Assert.Equal(401, await receiver.StandardAsync("msg_1", Body, sent: Body + " "));
        Assert.Equal(401, await receiver.PostAsync(Body));
        Assert.Equal(401, await receiver.PostAsync(Body, ("webhook-id", "x"), ("webhook-timestamp", "1e9"), ("webhook-signature", "v1,x")));
        Assert.Empty(seen);
        Assert.Equal(204, await receiver.StandardAsync("msg_1", Body, age: 290));
    }

    [Fact]
    public async Task A_webhook_whose_handler_failed_is_handled_when_it_is_sent_again()
    {
        var calls = 0;
        await using var receiver = await StartAsync(options =>
        {
            options.Secrets.Add(Secret);
            options.On<JsonElement>("a", (_, _, _) => Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("no") : Task.CompletedTask);
            options.On<OrderPaid>("b", (_, _, _) => Task.CompletedTask);
        });

        Assert.Equal(500, await receiver.StandardAsync("msg_1", """{"type":"a"}"""));
        Assert.Equal(204, await receiver.StandardAsync("msg_1", """{"type":"a"}"""));
        Assert.Equal(200, await receiver.StandardAsync("msg_1", """{"type":"a"}"""));
        Assert.Equal(422, await receiver.StandardAsync("msg_2", """{"type":"b","data":7}"""));
        Assert.Equal(413, await receiver.StandardAsync("msg_3", $$"""{"type":"a","x":"{{new string('x', 1024 * 1024)}}"}"""));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Of_two_at_the_same_time_one_is_told_to_come_again()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await StartAsync(options =>
        {
            options.Secrets.Add(Secret);
            options.OnOther<JsonElement>(async (_, _, _) =>
            {
                entered.SetResult();
                await leave.Task;
            });
        });

        var first = receiver.StandardAsync("msg_1", """{"type":"a"}""");
        await entered.Task;
        Assert.Equal(409, await receiver.StandardAsync("msg_1", """{"type":"a"}"""));
        leave.SetResult();

        Assert.Equal(204, await first);
        Assert.Equal(200, await receiver.StandardAsync("msg_1", """{"type":"a"}"""));
    }

    [Fact]
    public async Task GitHub_and_Stripe_are_understood()
    {
        var seen = new ConcurrentQueue<ReceivedWebhook<JsonElement>>();
        const string Body = """{"id":"evt_1","type":"charge.paid"}""";
        await using var github = await StartAsync(options =>
        {
            options.Scheme = WebhookReceiverScheme.GitHub;
            options.Secrets.Add(Text);
            options.On<JsonElement>("push", (webhook, _, _) => Remember(seen, webhook));
        });
        await using var stripe = await StartAsync(options =>
        {
            options.Scheme = WebhookReceiverScheme.Stripe;
            options.Secrets.Add(Text);
            options.On<JsonElement>("charge.paid", (webhook, _, _) => Remember(seen, webhook));
        });
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(204, await github.PostAsync(
            Body, ("X-Hub-Signature-256", "sha256=" + Hex(Body)), ("X-GitHub-Delivery", "d1"), ("X-GitHub-Event", "push")));
        Assert.Equal(401, await github.PostAsync(
            Body, ("X-Hub-Signature-256", "sha256=" + Hex(Body + " ")), ("X-GitHub-Delivery", "d1"), ("X-GitHub-Event", "push")));
        Assert.Equal(204, await stripe.PostAsync(Body, ("Stripe-Signature", $"t={seconds},v1={Hex($"{seconds}.{Body}")}")));
        Assert.Equal(200, await stripe.PostAsync(Body, ("Stripe-Signature", $"t={seconds - 5},v1={Hex($"{seconds - 5}.{Body}")}")));
        Assert.Equal(401, await stripe.PostAsync(Body, ("Stripe-Signature", $"t={seconds - 400},v1={Hex($"{seconds - 400}.{Body}")}")));

        Assert.Equal(["d1 push", "evt_1 charge.paid"], seen.Select(webhook => $"{webhook.Id} {webhook.Type}"));
    }

    [Fact]
    public async Task Bad_options_are_refused_at_the_start_all_at_once()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            options =>
            {
                options.Secrets.Add("c4n4ry");
                options.Tolerance = TimeSpan.Zero;
                options.MaxBodyBytes = 0;
            },
            withRedis: false));

        Assert.All(
            (string[])["Secret 1", "Tolerance", "MaxBodyBytes", "On or OnOther", "AddJamailQueueing", "'/in'"],
            word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("c4n4ry", refusal.Message, StringComparison.Ordinal);
    }

    private static Task Remember<T>(ConcurrentQueue<T> seen, T webhook)
    {
        seen.Enqueue(webhook);
        return Task.CompletedTask;
    }

    private static string Hex(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Text), Encoding.UTF8.GetBytes(text)));

    private static async Task<Receiver> StartAsync(Action<WebhookReceiverOptions> configure, bool withRedis = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Jamail:Redis"] = RedisServer.Shared.ConnectionString;
        builder.Configuration["Jamail:Queueing:Prefix"] = $"b{Guid.NewGuid():N}";
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        if (withRedis)
        {
            builder.Services.AddJamailQueueing();
        }

        var app = builder.Build();
        app.MapWebhookReceiver("/in", configure);
        await app.StartAsync();
        return new Receiver(app);
    }

    private sealed record OrderPaid(OrderData Data);

    private sealed record OrderData(string Id);

    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        private readonly HttpClient _client = new() { BaseAddress = new Uri(app.Urls.First()) };

        public async Task<int> StandardAsync(string id, string body, int age = 0, string? sent = null)
        {
            var seconds = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - age).ToString(CultureInfo.InvariantCulture);
            var mac = HMACSHA256.HashData(
                Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{seconds}.{body}"));
            return await PostAsync(
                sent ?? body, ("webhook-id", id), ("webhook-timestamp", seconds), ("webhook-signature", "v1,x v1," + Convert.ToBase64String(mac)));
        }

        public async Task<int> PostAsync(string body, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/in") { Content = new StringContent(body) };
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _client.SendAsync(request);
            return (int)response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await app.DisposeAsync();
        }
    }
}
