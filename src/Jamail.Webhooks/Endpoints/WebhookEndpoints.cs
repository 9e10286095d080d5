using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookEndpoints"/>
internal sealed class WebhookEndpoints(
    EndpointStore store,
    TargetPolicy targets,
    TestSender tests,
    EndpointProof proofs,
    StaticHeaders headers,
    EndpointGate gate,
    WaitingJobs waiting,
    UnwantedJobs unwanted,
    IOptions<WebhooksOptions> options,
    TimeProvider clock) : IWebhookEndpoints
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
        input.CheckUid(endpoint.Uid);
        var settings = endpoint.Settings ?? new WebhookEndpointSettings();
        input.CheckSettings(settings);
        input.CheckProof(endpoint.Verify);
        await CheckCountAsync(input, tenant, cancellationToken).ConfigureAwait(false);
        input.ThrowIfAny();

        var now = clock.UnixMs();
        var row = new EndpointRow
        {
            Id = Ids.New(clock),
            TenantId = tenant,
            Uid = endpoint.Uid,
            Url = endpoint.Url,
            Description = endpoint.Description ?? "",
            EventTypes = events.ToColumn(),
            Status = (int)WebhookEndpointStatus.Active,
            CreatedAt = now,
            UpdatedAt = now,
        };
        row.Take(settings);
        await proofs.CheckAsync(row, secret!, endpoint.Verify, cancellationToken).ConfigureAwait(false);
        return await store.InsertAsync(row, secret!, cancellationToken).ConfigureAwait(false) // Checked above.
            ? new CreatedWebhookEndpoint(row.ToEndpoint(), secret!)
            : throw new InvalidInputException("uid", $"Another endpoint has the name '{endpoint.Uid}'.", "Choose another name.");
    }

    public async Task<WebhookEndpoint?> TryGetAsync(string id, string tenant, CancellationToken cancellationToken) =>
        (await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false))?.ToEndpoint();

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
        if (await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
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
        if (change.Settings is { } settings)
        {
            input.CheckSettings(settings);
            row.Take(settings);
        }

        input.ThrowIfAny();
        row.UpdatedAt = clock.UnixMs();
        if (row.Version != (change.IfVersion ?? row.Version)
            || !await store.UpdateAsync(row, secret, cancellationToken).ConfigureAwait(false))
        {
            throw new WebhookVersionException(row.Id);
        }

        if (change.Url is not null || secret is not null)
        {
            await waiting.RenewAsync(row.Id, cancellationToken).ConfigureAwait(false);
        }

        return await TryGetAsync(row.Id, tenant, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> TryDeleteAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        if (await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        var discarded = await store.DeleteAsync(row.Id, cancellationToken).ConfigureAwait(false);
        await unwanted.RemoveAsync(discarded, CancellationToken.None).ConfigureAwait(false); // What was committed is gone through with.
        return true;
    }

    public async Task<WebhookEndpoint?> TrySetStatusAsync(
        string id, WebhookEndpointStatus status, string tenant, CancellationToken cancellationToken)
    {
        if (status is not (WebhookEndpointStatus.Active or WebhookEndpointStatus.Paused or WebhookEndpointStatus.Disabled))
        {
            throw new InvalidInputException("status", $"An endpoint cannot be set to {status}.", "Enable, pause, disable or delete it.");
        }

        if (await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        if (status == WebhookEndpointStatus.Active)
        {
            await store.ReviveAsync(row.Id, cancellationToken).ConfigureAwait(false);
            await gate.ForgetAsync(row.Id).ConfigureAwait(false);
        }
        else
        {
            await store.SetStatusAsync(row.Id, status, "Its owner did it.", cancellationToken).ConfigureAwait(false);
        }

        return await TryGetAsync(row.Id, tenant, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<string, string>?> TryGetHeadersAsync(
        string id, string tenant, CancellationToken cancellationToken) =>
        await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row ? StaticHeaders.Shown(headers.Read(row.HeadersEnc)) : null;

    public async Task<bool> TrySetHeadersAsync(
        string id, IReadOnlyDictionary<string, string?> given, bool keepOthers, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        var all = StaticHeaders.Merge(keepOthers ? headers.Read(row.HeadersEnc) : new Dictionary<string, string>(), given);
        headers.Check(all);
        await store.SetHeadersAsync(row.Id, headers.Protect(all), cancellationToken).ConfigureAwait(false);
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

        return await store.FindLivingAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await tests.SendAsync(row, type, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task CheckCountAsync(EndpointInput input, string tenant, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxEndpointsPerTenant;
        if (most > 0 && await store.CountAsync(tenant, cancellationToken).ConfigureAwait(false) >= most)
        {
            input.Problems.Add(new InputProblem(
                "url", $"There are {most} endpoints already, which is the most.", "Delete one, or raise Jamail:Webhooks:MaxEndpointsPerTenant."));
        }
    }
}
