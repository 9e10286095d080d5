using System.Runtime.InteropServices;
using System.Text.Json;

namespace Jamail.Webhooks;

/// <summary>The data of a job, read leniently where producers differ and strictly where a mistake would be sent.</summary>
internal sealed record DeliveryJobData
{
    public required string DeliveryId { get; init; }

    public required string WebhookId { get; init; }

    public required string Event { get; init; }

    /// <summary>Null in a job that refers to the database.</summary>
    public string? Url { get; init; }

    public string? Secret { get; init; }

    /// <summary>The payload as it is written in the job; null in a job that refers to the database.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>The text of a payload that is a JSON string: what a producer that serialised it first meant to send.</summary>
    public string? PayloadText { get; init; }

    /// <returns>Null, and every problem with its path, when the data has the wrong shape.</returns>
    public static DeliveryJobData? Read(ReadOnlyMemory<byte> utf8, bool isReference, out string problem)
    {
        problem = "";
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var problems = new List<string>();
            var data = Read(document.RootElement, isReference, problems);
            problem = string.Join(" ", problems);
            return problems.Count == 0 ? data : null;
        }
        catch (JsonException exception)
        {
            problem = $"The job's data is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
            return null;
        }
    }

    private static DeliveryJobData? Read(JsonElement root, bool isReference, List<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("The job's data is not a JSON object; give {deliveryId, webhookId, url, secret, event, payload}.");
            return null;
        }

        var hasPayload = root.TryGetProperty("payload", out var payload);
        if (!hasPayload && !isReference)
        {
            problems.Add("Member '/payload' of the job's data is missing; give the body of the request.");
        }

        return new DeliveryJobData
        {
            DeliveryId = Text(root, "deliveryId", problems, orNumber: true),
            WebhookId = Text(root, "webhookId", problems, orNumber: true),
            Event = Text(root, "event", problems),
            Url = isReference ? null : Text(root, "url", problems),
            Secret = isReference ? null : Text(root, "secret", problems),
            Payload = hasPayload ? JsonMarshal.GetRawUtf8Value(payload).ToArray() : null,
            PayloadText = hasPayload && payload.ValueKind == JsonValueKind.String
                ? EcmaString.Read(JsonMarshal.GetRawUtf8Value(payload)[1..^1])
                : null,
        };
    }

    private static string Text(JsonElement root, string name, List<string> problems, bool orNumber = false)
    {
        if (root.TryGetProperty(name, out var member))
        {
            if (member.ValueKind == JsonValueKind.String && EcmaString.Read(JsonMarshal.GetRawUtf8Value(member)[1..^1]) is { Length: > 0 } text)
            {
                return text;
            }

            if (orNumber && member.ValueKind == JsonValueKind.Number)
            {
                return member.GetRawText();
            }
        }

        var expected = orNumber ? "a text or a number" : "a text";
        problems.Add($"Member '/{name}' of the job's data is {Kind(root, name)}; give {expected}.");
        return "";
    }

    private static string Kind(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var member) ? "missing"
        : member.ValueKind == JsonValueKind.String ? "empty"
        : $"a JSON {member.ValueKind}";
}
