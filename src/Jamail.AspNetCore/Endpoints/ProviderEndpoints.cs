using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class ProviderEndpoints
{
    private const string NameText = "The mail server's name.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/providers").WithTags("Mail servers");
        group.MapGet("/", ListAsync);
        group.MapJsonPost("/", CreateAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{name}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPatch("/{name}", ChangeAsync).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{name}", DeleteAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/verify", VerifyAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPost("/{name}/pause", PauseAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/resume", ResumeAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List mail servers")]
    [EndpointDescription("The configured one first, as 'default'. Passwords are never shown.")]
    private static async Task<Ok<Page<ProviderView>>> ListAsync(Caller caller, IEmailProviders providers, CancellationToken cancellationToken)
    {
        var found = await providers.ListAsync(caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<ProviderView>([.. found.Select(ProviderView.Of)], null));
    }

    [EndpointSummary("Add a mail server")]
    [EndpointDescription("E-mails go to it when the route of their category names it. Verify it first.")]
    private static async Task<Created<ProviderView>> CreateAsync(
        JsonBody<ProviderRequest> body, Caller caller, IEmailProviders providers, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = body.Value.ToDraft(null);
        if (draft.Name != "default" && await providers.TryGetAsync(draft.Name, caller.Tenant, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw ProblemException.Conflict($"There is a mail server '{draft.Name}' already; change it with PATCH, or choose another name.");
        }

        var provider = await providers.SaveAsync(draft, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Created(Locations.Below(context.Request, provider.Name), ProviderView.Of(provider));
    }

    [EndpointSummary("Read a mail server")]
    [EndpointDescription("With its circuit as this host sees it: 'closed' serves, 'open' failed and is left alone, 'half-open' is being tried.")]
    private static async Task<Ok<ProviderView>> ReadAsync(
        [Description(NameText)] string name, Caller caller, IEmailProviders providers, CancellationToken cancellationToken) =>
        TypedResults.Ok(ProviderView.Of(await FindAsync(name, caller, providers, cancellationToken).ConfigureAwait(false)));

    [EndpointSummary("Change a mail server")]
    [EndpointDescription("What is left out stays as it is, the password too.")]
    private static async Task<Ok<ProviderView>> ChangeAsync(
        [Description(NameText)] string name,
        JsonBody<ProviderRequest> body,
        Caller caller,
        IEmailProviders providers,
        CancellationToken cancellationToken)
    {
        var now = await FindAsync(name, caller, providers, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(ProviderView.Of(
            await providers.SaveAsync(body.Value.ToDraft(now), caller.Tenant, cancellationToken).ConfigureAwait(false)));
    }

    [EndpointSummary("Remove a mail server")]
    [EndpointDescription("E-mails whose route names it go to the others of their route.")]
    private static async Task<NoContent> DeleteAsync(
        [Description(NameText)] string name, Caller caller, IEmailProviders providers, CancellationToken cancellationToken) =>
        await providers.DeleteAsync(name, caller.Tenant, cancellationToken).ConfigureAwait(false) ? TypedResults.NoContent() : throw NotFound(name);

    [EndpointSummary("Try a mail server")]
    [EndpointDescription("Connects, encrypts, signs in and asks whether it answers; sends nothing. 'phase' tells where it failed.")]
    private static async Task<Ok<VerificationView>> VerifyAsync(
        [Description(NameText)] string name, Caller caller, IEmailProviders providers, CancellationToken cancellationToken) =>
        TypedResults.Ok(VerificationView.Of(
            await providers.VerifyAsync(name, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(name)));

    [EndpointSummary("Pause a mail server")]
    [EndpointDescription("No e-mails go to it until it is resumed.")]
    private static async Task<Ok<ProviderView>> PauseAsync(
        [Description(NameText)] string name,
        JsonBody<PauseRequest> body,
        Caller caller,
        IEmailProviders providers,
        CancellationToken cancellationToken) =>
        await providers.PauseAsync(name, body.Value.Reason, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.Ok(ProviderView.Of(await FindAsync(name, caller, providers, cancellationToken).ConfigureAwait(false)))
            : throw NotFound(name);

    [EndpointSummary("Resume a mail server")]
    [EndpointDescription("It is used again, and tried at once if it was left alone.")]
    private static async Task<Ok<ProviderView>> ResumeAsync(
        [Description(NameText)] string name, Caller caller, IEmailProviders providers, CancellationToken cancellationToken) =>
        await providers.ResumeAsync(name, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.Ok(ProviderView.Of(await FindAsync(name, caller, providers, cancellationToken).ConfigureAwait(false)))
            : throw NotFound(name);

    private static async Task<EmailProvider> FindAsync(
        string name, Caller caller, IEmailProviders providers, CancellationToken cancellationToken) =>
        await providers.TryGetAsync(name, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(name);

    private static ProblemException NotFound(string name) =>
        ProblemException.NotFound("mail server", name, "GET /providers lists those there are; 'default' is changed in the host's settings.");
}
