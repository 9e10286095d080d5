using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookEndpoints"/>
internal sealed class WebhookEndpoints(
    EndpointStore store, TargetPolicy targets, TestSender tests, TimeProvider clock) : IWebhookEndpoints
{
    public async Task<CreatedWebhookEndpoint> CreateAsync(
        NewWebhookEndpoint endpoint, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var input = new EndpointInput(targets);
        await input.CheckUrlAsync(endpoint.Url, cancellationToken).ConfigureAwait(false);
        var events = input.Events(endpoint.Events);
        var secret = endpoint.Secret is { } text ? input.Secret(text) : WebhookSecret.Generate();
        input.CheckDescription(endpoint.Description);
        input.ThrowIfAny();

        var now = clock.UnixMs();
        var row = new EndpointRow
        {
            Id = Ids.New(clock),
            TenantId = tenant,
            Url = endpoint.Url,
            Description = endpoint.Description ?? "",
            EventTypes = events.ToColumn(),
            Status = (int)WebhookEndpointStatus.Active,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await store.InsertAsync(row, secret!, cancellationToken).ConfigureAwait(false); // Checked above.
        return new CreatedWebhookEndpoint(row.ToEndpoint(), secret!);
    }

    public async Task<WebhookEndpoint?> TryGetAsync(string id, string tenant, CancellationToken cancellationToken) =>
        (await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false))?.ToEndpoint();

    public async Task<Page<WebhookEndpoint>> ListAsync(
        string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = Paging.Begin(cursor, pageSize);
        var rows = await store.ListAsync(tenant, after, pageSize + 1, cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, pageSize, row => row.ToEndpoint(), row => new PageCursor(row.CreatedAt, row.Id));
    }

    public async Task<WebhookEndpoint?> TryUpdateAsync(
        string id, WebhookEndpointChange change, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        var input = new EndpointInput(targets);
        if (change.Url is not null)
        {
            await input.CheckUrlAsync(change.Url, cancellationToken).ConfigureAwait(false);
        }

        row.Url = change.Url ?? row.Url;
        row.EventTypes = change.Events is null ? row.EventTypes : input.Events(change.Events).ToColumn();
        input.CheckDescription(change.Description);
        row.Description = change.Description ?? row.Description;
        var secret = change.Secret is { } text ? input.Secret(text) : null;
        input.ThrowIfAny();

        row.UpdatedAt = clock.UnixMs();
        await store.UpdateAsync(row, secret, cancellationToken).ConfigureAwait(false);
        return row.ToEndpoint();
    }

    public async Task<bool> TryDeleteAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        await store.DeleteAsync(row.Id, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task<WebhookTestResult?> TrySendTestAsync(
        string id, string? eventType, string tenant, CancellationToken cancellationToken)
    {
        var type = eventType ?? TestSender.DefaultType;
        if (EventType.Problem(type, "event") is { } problem)
        {
            throw new InvalidInputException(problem);
        }

        return await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await tests.SendAsync(row, type, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<EndpointRow?> FindAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await store.FindAsync(RowId.TryParse(id), tenant, cancellationToken).ConfigureAwait(false) is { Status: not EndpointRow.Deleted } row
            ? row
            : null;
}
