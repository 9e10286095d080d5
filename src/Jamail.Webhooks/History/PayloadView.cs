using System.Text.Json;
using System.Text.Json.Nodes;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Payloads as people see them: without what their type redacts.</summary>
internal sealed class PayloadView(Database database, Statements statements, EventTypeStore types)
{
    private const int MaxHead = 4 * 1024;
    private const string Mask = "***";
    private const string Each = "*";

    public async Task<PublishedRow?> FindAsync(string id, string tenant, CancellationToken cancellationToken) =>
        RowId.TryParse(id) is not { } eventId
            ? null
            : await database.ReadAsync(
                (connection, token) => statements.FirstAsync<PublishedRow>(
                    connection, WebhookSql.FindEvent, new { id = eventId, tenant }, token),
                cancellationToken).ConfigureAwait(false);

    /// <returns>The payload; null when it is gone.</returns>
    public async Task<string?> ShowAsync(PublishedRow row, string tenant, CancellationToken cancellationToken)
    {
        if (row.IsExpunged == 1 || row.Body is null)
        {
            return null;
        }

        var redact = await types.RedactAsync(tenant, row.EventType, cancellationToken).ConfigureAwait(false);
        return redact.Count == 0 ? row.Body : Redact(row.Body, redact);
    }

    /// <returns>The first 4 KiB of the payload of an event; null when it is gone.</returns>
    public async Task<string?> HeadAsync(string eventId, string tenant, CancellationToken cancellationToken)
    {
        var row = await FindAsync(eventId, tenant, cancellationToken).ConfigureAwait(false);
        var shown = row is null ? null : await ShowAsync(row, tenant, cancellationToken).ConfigureAwait(false);
        return shown is { Length: > MaxHead } ? shown[..MaxHead] : shown;
    }

    private static string Redact(string body, IReadOnlyList<string> pointers)
    {
        try
        {
            var root = JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth });
            foreach (var pointer in pointers)
            {
                Redact(root, [.. pointer.Split('/').Skip(1).Select(JsonPointer.Unescape)]);
            }

            return root?.ToJsonString(new JsonSerializerOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }) ?? "null";
        }
        catch (JsonException)
        {
            // A producer in another language may send what is no JSON; nothing in it can be told apart.
            return Mask;
        }
    }

    private static void Redact(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return;
        }

        if (node is JsonObject members)
        {
            foreach (var name in path[0] == Each ? [.. members.Select(member => member.Key)] : members.ContainsKey(path[0]) ? new[] { path[0] } : [])
            {
                if (path.Length == 1)
                {
                    members[name] = Mask;
                }
                else
                {
                    Redact(members[name], path[1..]);
                }
            }
        }
        else if (node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
            {
                if (path[0] != Each && path[0] != index.ToString(System.Globalization.CultureInfo.InvariantCulture))
                {
                    continue;
                }

                if (path.Length == 1)
                {
                    items[index] = Mask;
                }
                else
                {
                    Redact(items[index], path[1..]);
                }
            }
        }
    }
}
