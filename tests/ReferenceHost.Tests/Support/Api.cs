using System.Net.Http.Json;
using System.Text.Json;
using Jamail.TestSupport;

namespace ReferenceHost.Tests.Support;

/// <summary>A caller of the HTTP surface.</summary>
/// <param name="address">Where it is.</param>
/// <param name="log">What the host has printed, to be shown with an error of its own.</param>
internal sealed class Api(string address, Func<string>? log = null) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };

    public string Address => address;

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Reply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    public Task<Reply> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public async Task<Reply> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode == 500 && log is not null)
        {
            // The console is written after the answer.
            await Eventually.True(() => log().Contains("fail:", StringComparison.Ordinal), "the host's log to say what failed");
            var lines = log().Split('\n');
            text += $"\n{string.Join('\n', lines[^Math.Min(60, lines.Length)..])}";
        }

        return new Reply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            text,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>What the host answered.</summary>
internal sealed record Reply(int Status, string? MediaType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public JsonElement this[string member] => Json.GetProperty(member);

    public string Id => this["id"].GetString()!;

    public IReadOnlyList<JsonElement> Items => [.. this["items"].EnumerateArray()];

    public IEnumerable<string> Members => Json.EnumerateObject().Select(member => member.Name);

    /// <summary>Checks the status, and for an error that it is problem+json that names the field, its rule and the fix.</summary>
    public Reply Expect(int status, string? field = null)
    {
        Assert.True(Status == status, $"Expected {status}, was {Status}: {Text}");
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", MediaType);
            Assert.Equal(status, this["status"].GetInt32());
            Assert.NotEqual("", this["detail"].GetString());
        }

        if (field is not null)
        {
            Assert.Contains(Errors, error => error.GetProperty("field").GetString() == field);
            Assert.All(Errors, error => Assert.NotEqual("", error.GetProperty("rule").GetString()));
            Assert.All(Errors, error => Assert.NotEqual("", error.GetProperty("fix").GetString()));
        }

        return this;
    }

    public IReadOnlyList<JsonElement> Errors => [.. this["errors"].EnumerateArray()];
}
