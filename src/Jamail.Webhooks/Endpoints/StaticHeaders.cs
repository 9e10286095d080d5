using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>The headers an owner adds to the requests to an endpoint.</summary>
internal sealed class StaticHeaders(ISecretProtector protector, IOptions<WebhooksOptions> options)
{
    private const string Purpose = "webhook_endpoint.headers_enc";
    private const int Most = 50;
    private const int MostBytes = 4096;

    public byte[]? Protect(IReadOnlyDictionary<string, string> headers) => headers.Count == 0
        ? null
        : protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(headers), WebhooksJson.Default.DictionaryStringString), Purpose);

    public IReadOnlyDictionary<string, string> Read(byte[]? column) => column is null
        ? new Dictionary<string, string>()
        : JsonSerializer.Deserialize(protector.Unprotect(column, Purpose), WebhooksJson.Default.DictionaryStringString)!;

    /// <summary>Values that may prove who somebody is can be written, and are never shown.</summary>
    public static IReadOnlyDictionary<string, string> Shown(IReadOnlyDictionary<string, string> headers) =>
        headers.ToDictionary(header => header.Key, header => HeaderNames.IsSensitive(header.Key) ? "***" : header.Value);

    public static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> headers, IReadOnlyDictionary<string, string?> given)
    {
        var merged = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in given)
        {
            merged.Remove(name);
            if (value is not null)
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    /// <exception cref="InvalidInputException">A header breaks a rule; values are not shown.</exception>
    public void Check(IReadOnlyDictionary<string, string> headers)
    {
        var problems = new List<InputProblem>();
        if (headers.Count > Most)
        {
            problems.Add(new InputProblem("headers", $"There are {headers.Count}, and at most {Most} are allowed.", "Leave some out."));
        }

        foreach (var (name, value) in headers.Take(Most))
        {
            if (Rule(name, value) is { } rule)
            {
                problems.Add(new InputProblem($"headers/{name}", rule, "Leave it out, or give it another name or value."));
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }
    }

    private string? Rule(string name, string value) =>
        !HeaderNames.IsToken(name) ? "It is not the name of a header."
        : HeaderNames.IsTaken(name) || name.Equals(options.Value.SignatureHeader, StringComparison.OrdinalIgnoreCase)
            ? "The request itself sets this header."
        : value.Any(character => character is < ' ' or > '~') ? "The value holds other than visible ASCII characters and spaces."
        : Encoding.UTF8.GetByteCount(value) + name.Length > MostBytes ? $"It is larger than {MostBytes} bytes."
        : null;
}
