using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookEventTypes"/>
internal sealed class WebhookEventTypes(EventTypeStore store) : IWebhookEventTypes
{
    private const int MaxDescription = 2000;
    private const int MaxExample = 64 * 1024;
    private const int MaxRedacted = 50;

    public async Task<WebhookEventType?> TryGetAsync(string name, string tenant, CancellationToken cancellationToken) =>
        (await store.FindAsync(tenant, name, cancellationToken).ConfigureAwait(false))?.ToEventType();

    public async Task<Page<WebhookEventType>> ListAsync(string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = Paging.Begin(cursor, pageSize);
        var rows = await store.ListAsync(tenant, after, pageSize + 1, cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, pageSize, row => row.ToEventType(), row => new PageCursor(row.CreatedAt, row.Name));
    }

    public Task PutAsync(WebhookEventType type, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var problems = new List<InputProblem>();
        if (EventType.Problem(type.Name, "name") is { } problem)
        {
            problems.Add(problem);
        }

        if (type.Description.Length > MaxDescription)
        {
            problems.Add(new InputProblem("description", $"It has more than {MaxDescription} characters.", "Shorten it."));
        }

        if (!Enum.IsDefined(type.Validate))
        {
            problems.Add(new InputProblem("validate", "There is no such mode.", "Use off, warn or reject."));
        }

        if (type.Redact is { Count: > MaxRedacted } || type.Redact?.Any(pointer => !pointer.StartsWith('/')) == true)
        {
            problems.Add(new InputProblem(
                "redact", $"It holds more than {MaxRedacted} texts, or one that is no JSON pointer.", "Begin each with '/', as in /customer/email."));
        }

        var schema = type.Schema is { } text ? JsonSchema.Parse(text, "schema", problems) : null;
        CheckExample(type.Example, schema, problems);
        return problems.Count == 0 ? store.PutAsync(tenant, type, cancellationToken) : throw new InvalidInputException(problems);
    }

    public Task<bool> TryDeleteAsync(string name, string tenant, CancellationToken cancellationToken) =>
        store.DeleteAsync(tenant, name, cancellationToken);

    private static void CheckExample(string? example, JsonSchema? schema, List<InputProblem> problems)
    {
        if (example is null)
        {
            return;
        }

        try
        {
            var body = EventPayload.From(new RawJson(Encoding.UTF8.GetBytes(example)), MaxExample);
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth });
            problems.AddRange((schema?.Validate(document.RootElement) ?? []).Select(violation => new InputProblem(
                "example" + violation.Path, violation.Rule, "Give an example that keeps the schema.")));
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems.Select(problem => problem with { Field = problem.Field.Replace("payload", "example", StringComparison.Ordinal) }));
        }
    }
}
