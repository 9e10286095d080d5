using Jamail.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Layouts and partials.</summary>
internal static class TemplatePartEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        foreach (var (path, kind) in new[] { ("/layouts/{key}", TemplatePartKind.Layout), ("/partials/{key}", TemplatePartKind.Partial) })
        {
            api.MapGet(path, (string key, Caller caller, ITemplateParts parts, CancellationToken cancellationToken) =>
                    ReadAsync(kind, key, caller, parts, cancellationToken))
                .WithTags("Templates").WithSummary($"Read a {Name(kind)}").ProducesProblem(StatusCodes.Status404NotFound);
            api.MapJsonPut(path, (string key, JsonBody<PartRequest> body, Caller caller, ITemplateParts parts, CancellationToken cancellationToken) =>
                    SaveAsync(kind, key, body.Value, caller, parts, cancellationToken))
                .WithTags("Templates").WithSummary($"Make a {Name(kind)}, or its next version");
        }
    }

    private static async Task<Ok<TemplatePart>> ReadAsync(
        TemplatePartKind kind, string key, Caller caller, ITemplateParts parts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await parts.TryGetAsync(kind, key, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw ProblemException.NotFound(Name(kind), key, "PUT makes one."));

    private static async Task<Ok<TemplatePart>> SaveAsync(
        TemplatePartKind kind, string key, PartRequest request, Caller caller, ITemplateParts parts, CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var html = fields.Text("html", request.Html);
        fields.ThrowIfMissing();
        return TypedResults.Ok(await parts.SaveAsync(kind, key, html, caller.Tenant, cancellationToken).ConfigureAwait(false));
    }

    private static string Name(TemplatePartKind kind) => kind == TemplatePartKind.Layout ? "layout" : "partial";
}
