using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_every_endpoint()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        var document = (await api.GetAsync("/openapi/v1.json")).Expect(200);

        var operations = document["paths"].EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal) || path.Name.StartsWith("/health/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value)))
            .ToList();
        Assert.Equal(Expected.Order(), operations.Select(operation => operation.Name).Order());
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{name} has no summary.");
            Assert.True(operation.TryGetProperty("tags", out _), $"{name} has no tag.");
        }

        var create = document["paths"].GetProperty("/api/templates").GetProperty("post");
        Assert.True(create.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.True(create.GetProperty("responses").TryGetProperty("201", out _));
        Assert.True(create.GetProperty("responses").TryGetProperty("422", out _));
    }

    private static readonly string[] Expected =
    [
        "get /api/templates", "post /api/templates", "get /api/templates/{id}", "put /api/templates/{id}",
        "delete /api/templates/{id}", "post /api/templates/{id}/preview", "post /api/templates/{id}/send",
        "get /api/mail/stats", "get /api/mail/audit", "get /api/dev/inbox", "get /api/dev/inbox/{id}", "delete /api/dev/inbox",
        "get /api/send-logs", "get /api/send-logs/{logId}",
        "post /api/emails/{id}/resolve", "post /api/emails/resolve",
        "get /api/categories", "get /api/categories/{key}", "put /api/categories/{key}", "delete /api/categories/{key}",
        "get /api/providers", "post /api/providers", "get /api/providers/{name}", "patch /api/providers/{name}",
        "delete /api/providers/{name}", "post /api/providers/{name}/verify", "post /api/providers/{name}/pause",
        "post /api/providers/{name}/resume",
        "post /api/templates/validate", "post /api/templates/{id}/validate", "get /api/templates/{id}/versions", "post /api/templates/{id}/versions",
        "get /api/templates/{id}/versions/{version}", "get /api/templates/{id}/versions/{first}/diff/{second}",
        "post /api/templates/{id}/publish", "post /api/templates/{id}/rollback", "post /api/templates/{id}/test",
        "get /api/layouts/{key}", "put /api/layouts/{key}", "get /api/partials/{key}", "put /api/partials/{key}",
        "get /api/suppressions", "post /api/suppressions", "delete /api/suppressions", "get /api/suppressions/check",
        "post /api/suppressions/import", "get /api/suppressions/export", "post /api/erasures",
        "get /api/emails", "post /api/emails", "post /api/emails/batch", "post /api/emails/batch/{id}/cancel",
        "get /api/emails/{id}", "patch /api/emails/{id}",
        "post /api/emails/{id}/cancel", "post /api/emails/{id}/resend", "get /api/emails/{id}/attempts", "get /api/emails/{id}/events",
        "get /api/emails/{id}/content", "get /api/emails/{id}/raw",
        "get /api/webhooks", "post /api/webhooks", "get /api/webhooks/{id}", "put /api/webhooks/{id}", "delete /api/webhooks/{id}",
        "post /api/webhooks/{id}/test", "get /api/webhooks/{id}/audit", "get /api/webhooks/{id}/deliveries", "get /api/webhooks/{id}/attempts", "get /api/deliveries/{id}",
        "post /api/deliveries/{id}/resend", "post /api/events", "patch /api/webhooks/{id}",
        "post /api/webhooks/{id}/enable", "post /api/webhooks/{id}/disable", "post /api/webhooks/{id}/pause",
        "get /api/webhooks/{id}/secret", "post /api/webhooks/{id}/secret/rotate", "post /api/webhooks/{id}/secret/expire-old",
        "get /api/webhooks/{id}/headers", "put /api/webhooks/{id}/headers", "patch /api/webhooks/{id}/headers",
        "get /api/webhooks/{id}/stats", "post /api/webhooks/{id}/recover", "post /api/webhooks/{id}/replay-missing", "get /api/tasks/{id}",
        "get /api/deliveries/{id}/attempts", "get /api/attempts/{id}", "post /api/deliveries/{id}/cancel",
        "get /api/events", "get /api/events/{id}", "delete /api/events/{id}/payload",
        "get /api/event-types", "get /api/event-types/{name}", "put /api/event-types/{name}", "delete /api/event-types/{name}",
        "get /api/queues", "post /api/queues/{name}/pause", "post /api/queues/{name}/resume",
        "get /api/queues/{name}/jobs", "get /api/queues/{name}/jobs/{id}", "delete /api/queues/{name}/jobs/{id}",
        "post /api/queues/{name}/jobs/{id}/retry", "post /api/queues/{name}/jobs/{id}/promote",
        "get /api/queues/{name}/schedulers", "get /api/queues/{name}/schedulers/{id}",
        "get /api/queues/{name}/flows/{jobId}",
        "post /api/queues/{name}/jobs/{id}/cancel",
        "get /health/live", "get /health/ready",
    ];
}
