using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class TemplateEndpoints
{
    private const string IdOrKey = "The template's id or key.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/templates").WithTags("Templates");
        group.MapGet("/", ListAsync);
        group.MapJsonPost("/", CreateAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPut("/{id}", UpdateAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id}", ArchiveAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPost("/{id}/preview", PreviewAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List templates")]
    [EndpointDescription("Newest first, a page at a time. Archived templates are left out.")]
    private static async Task<Ok<Page<TemplateView>>> ListAsync(
        [AsParameters] PageQuery page, Caller caller, IEmailTemplates templates, CancellationToken cancellationToken)
    {
        var found = await templates.ListAsync(page.Position, page.Size, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<TemplateView>([.. found.Items.Select(TemplateView.Of)], found.Next));
    }

    [EndpointSummary("Create a template")]
    [EndpointDescription("Stores it and publishes it as version 1. A source that does not parse is refused with line and column.")]
    private static async Task<Created<TemplateView>> CreateAsync(
        JsonBody<TemplateRequest> body,
        Caller caller,
        IEmailTemplates templates,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var template = await templates
            .CreateAsync(body.Value.ToDraft(), caller.Tenant, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return TypedResults.Created(Locations.Below(context.Request, template.Id), TemplateView.Of(template));
    }

    [EndpointSummary("Read a template")]
    [EndpointDescription("In its current version.")]
    private static async Task<Ok<TemplateView>> ReadAsync(
        [Description(IdOrKey)] string id, Caller caller, IEmailTemplates templates, CancellationToken cancellationToken) =>
        TypedResults.Ok(TemplateView.Of(
            await templates.TryGetAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id)));

    [EndpointSummary("Change a template")]
    [EndpointDescription("Makes a new version of the whole content and publishes it. E-mails already accepted keep theirs.")]
    private static async Task<Ok<TemplateView>> UpdateAsync(
        [Description(IdOrKey)] string id,
        JsonBody<TemplateRequest> body,
        Caller caller,
        IEmailTemplates templates,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(TemplateView.Of(await templates
            .UpdateAsync(id, body.Value.ToDraft(), caller.Tenant, cancellationToken: cancellationToken)
            .ConfigureAwait(false)));

    [EndpointSummary("Archive a template")]
    [EndpointDescription("It is no longer listed or sent. E-mails already accepted go out.")]
    private static async Task<NoContent> ArchiveAsync(
        [Description(IdOrKey)] string id, Caller caller, IEmailTemplates templates, CancellationToken cancellationToken) =>
        await templates.ArchiveAsync(id, caller.Tenant, cancellationToken: cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw NotFound(id);

    [EndpointSummary("Preview a template")]
    [EndpointDescription("Renders it with variables; sends and stores nothing.")]
    private static async Task<Ok<RenderedEmail>> PreviewAsync(
        [Description(IdOrKey)] string id,
        JsonBody<PreviewRequest> body,
        Caller caller,
        IEmailTemplates templates,
        CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var variables = Variables.Check(body.Value.Variables, fields);
        fields.ThrowIfMissing();
        var preview = new TemplatePreview { Version = body.Value.Version, Locale = body.Value.Locale, Variables = variables };
        return TypedResults.Ok(await templates.PreviewAsync(id, preview, caller.Tenant, cancellationToken).ConfigureAwait(false));
    }

    private static ProblemException NotFound(string id) =>
        ProblemException.NotFound("template", id, "GET /templates lists those there are.");
}
