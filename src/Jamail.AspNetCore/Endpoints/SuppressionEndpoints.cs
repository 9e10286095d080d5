using System.ComponentModel;
using System.Globalization;
using System.Text;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>The addresses that must not be written to.</summary>
internal static class SuppressionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/suppressions").WithTags("Suppressions");
        group.MapGet("/", ListAsync);
        group.MapJsonPost("/", AddAsync);
        group.MapDelete("/", RemoveAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/check", CheckAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapJsonPost("/import", ImportAsync);
        group.MapGet("/export", ExportAsync).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        api.MapJsonPost("/erasures", EraseAsync).WithTags("Suppressions");
    }

    [EndpointSummary("List suppressed addresses")]
    [EndpointDescription("Newest first, a page at a time.")]
    private static async Task<Ok<Page<SuppressionView>>> ListAsync(
        [AsParameters] PageQuery page, Caller caller, ISuppressions suppressions, CancellationToken cancellationToken)
    {
        var found = await suppressions.ListAsync(page.Position, page.Size, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<SuppressionView>([.. found.Items.Select(SuppressionView.Of)], found.Next));
    }

    [EndpointSummary("Suppress an address")]
    [EndpointDescription("One that is there already takes the new reason.")]
    private static async Task<NoContent> AddAsync(
        JsonBody<SuppressionRequest> body, Caller caller, ISuppressions suppressions, CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var entry = body.Value.ToSuppression(caller.Tenant, "", "manual", fields);
        fields.ThrowIfMissing();
        try
        {
            await suppressions.AddAsync([entry], cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidInputException invalid)
        {
            throw ProblemException.Invalid([.. invalid.Problems.Select(problem => problem with { Field = problem.Field.Replace("entries[0].", "", StringComparison.Ordinal) })]);
        }

        return TypedResults.NoContent();
    }

    [EndpointSummary("Take an address off the list")]
    [EndpointDescription("Of one scope, or of all.")]
    private static async Task<NoContent> RemoveAsync(
        [Description("The address.")] string? address,
        [Description("A category, or '*'. Default: all of its entries.")] string? scope,
        Caller caller,
        ISuppressions suppressions,
        CancellationToken cancellationToken)
    {
        var count = await suppressions.RemoveAsync(
            address ?? "", string.IsNullOrEmpty(scope) ? null : scope, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return count > 0 ? TypedResults.NoContent() : throw ProblemException.NotFound("entry for", address ?? "", "GET /suppressions lists those there are.");
    }

    [EndpointSummary("Check an address")]
    [EndpointDescription("Whether e-mails of a category would be sent to it.")]
    private static async Task<Ok<SuppressionCheckView>> CheckAsync(
        [Description("The address.")] string? address,
        [Description("The category. Default: 'default'.")] string? category,
        Caller caller,
        ISuppressions suppressions,
        CancellationToken cancellationToken)
    {
        var entry = await suppressions.CheckAsync(
            address ?? "", string.IsNullOrEmpty(category) ? "default" : category, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new SuppressionCheckView(address ?? "", entry is not null, entry is null ? null : SuppressionView.Of(entry)));
    }

    [EndpointSummary("Import suppressed addresses")]
    [EndpointDescription("At most 10,000; all or none.")]
    private static async Task<Ok<CountView>> ImportAsync(
        JsonBody<SuppressionImportRequest> body, Caller caller, ISuppressions suppressions, CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var entries = (body.Value.Entries ?? []).Select((entry, i) => (entry ?? new SuppressionRequest()).ToSuppression(
            caller.Tenant, string.Create(CultureInfo.InvariantCulture, $"entries[{i}]."), "list_import", fields)).ToList();
        fields.ThrowIfMissing();
        return TypedResults.Ok(new CountView(await suppressions.AddAsync(entries, cancellationToken).ConfigureAwait(false)));
    }

    [EndpointSummary("Export suppressed addresses")]
    [EndpointDescription("As CSV: address, scope, reason, source, created, expires. Entries whose address is not known are left out.")]
    private static async Task ExportAsync(Caller caller, ISuppressions suppressions, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        await context.Response.WriteAsync("address,scope,reason,source,created,expires\r\n", cancellationToken).ConfigureAwait(false);
        string? cursor = null;
        do
        {
            var page = await suppressions.ListAsync(cursor, 1_000, caller.Tenant, cancellationToken).ConfigureAwait(false);
            var lines = new StringBuilder();
            foreach (var entry in page.Items.Where(entry => entry.Address is not null).Select(SuppressionView.Of))
            {
                lines.AppendJoin(',', Quoted(entry.Address), Quoted(entry.Scope), Quoted(entry.Reason), Quoted(entry.Source), Time(entry.CreatedAt), Time(entry.ExpiresAt)).Append("\r\n");
            }

            await context.Response.WriteAsync(lines.ToString(), cancellationToken).ConfigureAwait(false);
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    [EndpointSummary("Erase a person")]
    [EndpointDescription("Address, subject, content and metadata of every e-mail to the address. It is still not written to where it was suppressed.")]
    private static async Task<Ok<CountView>> EraseAsync(
        JsonBody<ErasureRequest> body, Caller caller, ISuppressions suppressions, CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var address = fields.Text("address", body.Value.Address);
        fields.ThrowIfMissing();
        return TypedResults.Ok(new CountView(await suppressions.EraseAsync(address, caller.Tenant, cancellationToken).ConfigureAwait(false)));
    }

    // A value that begins like a formula is one to a spreadsheet.
    private static string Quoted(string? value) =>
        $"\"{(value is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{value?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "";
}
