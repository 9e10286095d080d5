using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>What a job on the e-mail queue says, whoever added it. Members nobody knows are ignored.</summary>
internal sealed record EmailJob
{
    private static readonly Guid Space = new("902204dc-ab62-5f16-86a1-b4f6033ebb2d");

    /// <summary>As the producer wrote it: any text, or a number as text.</summary>
    public required string LogId { get; init; }

    public string? TemplateId { get; init; }

    /// <summary>Null in a job that only refers to its row.</summary>
    public string? Recipient { get; init; }

    public string? Subject { get; init; }

    public string? Html { get; init; }

    public string? Text { get; init; }

    public string? From { get; init; }

    public string? Category { get; init; }

    /// <summary>The id of the row: the log id where it is a UUID, else one made of it that is always the same.</summary>
    public string RowId => Guid.TryParseExact(LogId, "D", out var id)
        ? id.ToString("D")
        : UuidV5.Create(Space, $"{JamailHostOptions.DefaultTenant}\n{LogId}").ToString("D");

    /// <summary>The log id where it is no UUID, to be found by.</summary>
    public string? CompatId => Guid.TryParseExact(LogId, "D", out _) ? null : LogId;

    /// <param name="payload">The job's data.</param>
    /// <param name="isReference">Whether the content is in the database.</param>
    /// <param name="job">What it says.</param>
    /// <param name="problem">Which member is wrong, and how.</param>
    public static bool TryParse(
        RawJson payload, bool isReference, [NotNullWhen(true)] out EmailJob? job, [NotNullWhen(false)] out string? problem)
    {
        job = null;
        using var document = JsonDocument.Parse(payload.Utf8);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            problem = $"The job's data is {Kind(root)} but must be an object with recipient, subject, html and logId.";
            return false;
        }

        var needed = isReference ? ["logId"] : (string[])["recipient", "subject", "html", "logId"];
        foreach (var name in needed.Concat(["templateId", "text", "from", "category"]))
        {
            var isThere = root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (!isThere && needed.Contains(name))
            {
                problem = $"Job data: '{name}' is missing; it must be {Wanted(name)}.";
                return false;
            }

            if (isThere && value.ValueKind != JsonValueKind.String && !(TakesNumber(name) && value.ValueKind == JsonValueKind.Number))
            {
                problem = $"Job data: '{name}' is {Kind(value)} but must be {Wanted(name)}.";
                return false;
            }
        }

        if (Read(root, "logId") is not { Length: > 0 and <= 200 } logId)
        {
            problem = "Job data: 'logId' must have 1 to 200 characters.";
            return false;
        }

        problem = null;
        job = new EmailJob
        {
            LogId = logId,
            TemplateId = Read(root, "templateId"),
            Recipient = Read(root, "recipient"),
            Subject = Read(root, "subject"),
            Html = Read(root, "html"),
            Text = Read(root, "text"),
            From = Read(root, "from"),
            Category = Read(root, "category"),
        };
        return true;
    }

    private static bool TakesNumber(string name) => name is "logId" or "templateId";

    private static string Wanted(string name) => TakesNumber(name) ? "a text or a number" : "a text";

    private static string? Read(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
