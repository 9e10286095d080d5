using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class CategoryEndpoints
{
    private const string KeyText = "The category's name.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/categories").WithTags("Categories");
        group.MapGet("/", ListAsync);
        group.MapGet("/{key}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPut("/{key}", SaveAsync);
        group.MapDelete("/{key}", DeleteAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List categories")]
    [EndpointDescription("By name, those in the box too. There are few, so all are on one page.")]
    private static async Task<Ok<Page<CategoryView>>> ListAsync(Caller caller, IEmailCategories categories, CancellationToken cancellationToken)
    {
        var found = await categories.ListAsync(caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<CategoryView>([.. found.Select(CategoryView.Of)], null));
    }

    [EndpointSummary("Read a category")]
    [EndpointDescription("How its e-mails are treated.")]
    private static async Task<Ok<CategoryView>> ReadAsync(
        [Description(KeyText)] string key, Caller caller, IEmailCategories categories, CancellationToken cancellationToken) =>
        TypedResults.Ok(CategoryView.Of(
            await categories.TryGetAsync(key, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(key)));

    [EndpointSummary("Save a category")]
    [EndpointDescription("Creates it or replaces it as a whole; what is left out has its default.")]
    private static async Task<Ok<CategoryView>> SaveAsync(
        [Description(KeyText)] string key,
        JsonBody<CategoryRequest> body,
        Caller caller,
        IEmailCategories categories,
        CancellationToken cancellationToken)
    {
        var category = body.Value.ToCategory(key);
        await categories.SaveAsync(category, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(CategoryView.Of(category));
    }

    [EndpointSummary("Remove a category")]
    [EndpointDescription("Its e-mails are treated as 'default' from then on; a category in the box is as it was at first.")]
    private static async Task<NoContent> DeleteAsync(
        [Description(KeyText)] string key, Caller caller, IEmailCategories categories, CancellationToken cancellationToken) =>
        await categories.DeleteAsync(key, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw NotFound(key);

    private static ProblemException NotFound(string key) =>
        ProblemException.NotFound("category", key, "GET /categories lists those there are.");
}
