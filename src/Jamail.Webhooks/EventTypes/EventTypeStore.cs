using System.Collections.Concurrent;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks;

/// <summary>Types of events in the database, and their schemas ready for use.</summary>
internal sealed class EventTypeStore(
    Database database, Statements statements, WebhookMetrics metrics, TimeProvider clock, ILogger<EventTypeStore> logger)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Tenant, string Name), KnownType> _known = new();

    public Task<EventTypeRow?> FindAsync(string tenant, string name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<EventTypeRow>(connection, WebhookSql.FindEventType, new { tenant, name }, token),
            cancellationToken);

    public Task<IReadOnlyList<EventTypeRow>> ListAsync(string tenant, PageCursor after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<EventTypeRow>(
                connection, WebhookSql.ListEventTypes, new { tenant, at = after.At, id = after.Id, limit }, token),
            cancellationToken);

    public async Task PutAsync(string tenant, WebhookEventType type, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            tenant,
            name = type.Name,
            description = type.Description,
            schema = type.Schema,
            example = type.Example,
            mode = (int)type.Validate,
            deprecated = type.IsDeprecated ? 1 : 0,
            redact = TextList.ToColumn(type.Redact),
            now = clock.UnixMs(),
        };
        await database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(transaction, WebhookSql.PutEventType, parameters, token), cancellationToken)
            .ConfigureAwait(false);
        _known.TryRemove((tenant, type.Name), out _);
    }

    public async Task<bool> DeleteAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        var deleted = await database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(transaction, WebhookSql.DeleteEventType, new { tenant, name }, token), cancellationToken)
            .ConfigureAwait(false);
        _known.TryRemove((tenant, name), out _);
        return deleted > 0;
    }

    /// <summary>Compares a payload with the schema of its type, if it has one.</summary>
    public async Task CheckAsync(
        string tenant, string name, ReadOnlyMemory<byte> body, List<InputProblem> problems, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(tenant, name, cancellationToken).ConfigureAwait(false);
        if (known.Schema is null || known.Mode == WebhookSchemaMode.Off)
        {
            return;
        }

        using var payload = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth });
        var violations = known.Schema.Validate(payload.RootElement);
        if (violations.Count == 0)
        {
            return;
        }

        metrics.SchemaViolated(known.Mode.ToString().ToLowerInvariant());
        if (known.Mode == WebhookSchemaMode.Warn)
        {
            logger.SchemaBroken(name, violations.Count, violations[0].Path, violations[0].Rule);
        }
        else
        {
            problems.AddRange(violations.Select(violation => new InputProblem(
                "payload" + violation.Path, violation.Rule, $"Send what the schema of event type '{name}' describes, or change the schema.")));
        }
    }

    /// <summary>What must not be shown of payloads of a type.</summary>
    public async Task<IReadOnlyList<string>> RedactAsync(string tenant, string name, CancellationToken cancellationToken) =>
        (await KnownAsync(tenant, name, cancellationToken).ConfigureAwait(false)).Redact;

    private async Task<KnownType> KnownAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, name), out var known) && clock.GetElapsedTime(known.ReadAt) < Kept)
        {
            return known;
        }

        var row = await FindAsync(tenant, name, cancellationToken).ConfigureAwait(false);

        // The schema was checked when it was stored.
        var schema = row?.JsonSchema is { } text && row.JsonSchema != known?.SchemaText ? JsonSchema.Parse(text, "schema", []) : known?.Schema;
        known = new KnownType(
            clock.GetTimestamp(),
            (WebhookSchemaMode)(row?.ValidateMode ?? 0),
            row?.JsonSchema,
            row?.JsonSchema is null ? null : schema,
            TextList.Parse(row?.Redact) ?? []);
        if (_known.Count >= MostKept)
        {
            _known.Clear();
        }

        _known[(tenant, name)] = known;
        return known;
    }

    private sealed record KnownType(long ReadAt, WebhookSchemaMode Mode, string? SchemaText, JsonSchema? Schema, IReadOnlyList<string> Redact);
}
