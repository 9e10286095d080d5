using System.ComponentModel;
using System.Globalization;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Drafts, versions, publishing, tests.</summary>
internal static class TemplateVersionEndpoints
{
    private const string IdOrKey = "The template's id or key.";
    private const int MaxTests = 5;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/templates").WithTags("Templates");
        group.MapJsonPost("/validate", ValidateAsync);
        group.MapJsonPost("/{id}/validate", ValidateVersionAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/versions", ListAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPost("/{id}/versions", DraftAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/versions/{version:int}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/versions/{first:int}/diff/{second:int}", DiffAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPost("/{id}/publish", PublishAsync).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapJsonPost("/{id}/rollback", RollBackAsync).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapJsonPost("/{id}/test", TestAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("Check a template")]
    [EndpointDescription("Errors, and what its author may not mean; the variables it uses. Stores nothing.")]
    private static async Task<Ok<TemplateReport>> ValidateAsync(
        JsonBody<TemplateRequest> body, Caller caller, IEmailTemplates templates, CancellationToken cancellationToken) =>
        TypedResults.Ok(await templates.ValidateAsync(body.Value.ToDraft(), caller.Tenant, cancellationToken).ConfigureAwait(false));

    [EndpointSummary("Check a version of a template")]
    [EndpointDescription("As it would be published now: errors, what its author may not mean, the variables it uses, and a JSON Schema of them.")]
    private static async Task<Ok<TemplateReport>> ValidateVersionAsync(
        [Description(IdOrKey)] string id, JsonBody<ValidateRequest> body, Caller caller, IEmailTemplates templates, CancellationToken cancellationToken) =>
        TypedResults.Ok(await templates.ValidateAsync(id, body.Value.Version, caller.Tenant, cancellationToken).ConfigureAwait(false));

    [EndpointSummary("List the versions of a template")]
    [EndpointDescription("Newest first, drafts too, without their contents.")]
    private static async Task<Ok<Page<TemplateVersionView>>> ListAsync(
        [Description(IdOrKey)] string id, Caller caller, IEmailTemplates templates, CancellationToken cancellationToken)
    {
        var versions = await templates.ListVersionsAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<TemplateVersionView>([.. versions.Select(TemplateVersionView.Of)], null));
    }

    [EndpointSummary("Make a draft")]
    [EndpointDescription("A version that nobody gets until it is published.")]
    private static async Task<Created<TemplateVersionView>> DraftAsync(
        [Description(IdOrKey)] string id,
        JsonBody<TemplateRequest> body,
        Caller caller,
        IEmailTemplates templates,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var version = await templates.CreateDraftAsync(id, body.Value.ToDraft(), caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Created(
            Locations.Below(context.Request, version.Version.ToString(CultureInfo.InvariantCulture)), TemplateVersionView.Of(version));
    }

    [EndpointSummary("Read a version of a template")]
    [EndpointDescription("In all its languages.")]
    private static async Task<Ok<TemplateVersionView>> ReadAsync(
        [Description(IdOrKey)] string id,
        [Description("The version.")] int version,
        Caller caller,
        IEmailTemplates templates,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(TemplateVersionView.Of(
            await templates.TryGetVersionAsync(id, version, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw ProblemException.NotFound("version", version.ToString(CultureInfo.InvariantCulture), "GET /templates/{key}/versions lists them.")));

    [EndpointSummary("Compare two versions")]
    [EndpointDescription("Line by line, for each language and part that differs.")]
    private static async Task<Ok<Page<TemplateDifference>>> DiffAsync(
        [Description(IdOrKey)] string id,
        [Description("One version.")] int first,
        [Description("The other one.")] int second,
        Caller caller,
        IEmailTemplates templates,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<TemplateDifference>(
            await templates.DiffAsync(id, first, second, caller.Tenant, cancellationToken).ConfigureAwait(false), null));

    [EndpointSummary("Make a version the current one")]
    [EndpointDescription("A draft, or an older one (roll back). With If-Match only while the version it names is the current one.")]
    private static async Task<Ok<TemplateView>> PublishAsync(
        [Description(IdOrKey)] string id,
        [FromHeader(Name = "If-Match"), Description("The number of the version that is current now.")] string? ifMatch,
        JsonBody<PublishRequest> body,
        Caller caller,
        IEmailTemplates templates,
        CancellationToken cancellationToken)
    {
        var version = body.Value.Version ?? throw ProblemException.Invalid("version", "It is missing.", "Give the number of a version.");
        var expected = ifMatch?.Trim('"') is not { Length: > 0 } text ? (int?)null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw ProblemException.Invalid("If-Match", $"'{ifMatch}' is no version.", "Give the number of the current version.");
        return TypedResults.Ok(TemplateView.Of(
            await templates.PublishAsync(id, version, expected, caller.Tenant, cancellationToken).ConfigureAwait(false)));
    }

    [EndpointSummary("Go back to an older version")]
    [EndpointDescription("One that was published before the current one. With If-Match only while the version it names is the current one.")]
    private static async Task<Ok<TemplateView>> RollBackAsync(
        [Description(IdOrKey)] string id,
        [FromHeader(Name = "If-Match"), Description("The number of the version that is current now.")] string? ifMatch,
        JsonBody<PublishRequest> body,
        Caller caller,
        IEmailTemplates templates,
        CancellationToken cancellationToken)
    {
        var versions = await templates.ListVersionsAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false);
        var current = versions.FirstOrDefault(version => version.IsCurrent)?.Version;
        var wanted = versions.FirstOrDefault(version => version.Version == body.Value.Version);
        return wanted is not null && (!wanted.IsPublished || wanted.Version >= current)
            ? throw ProblemException.Invalid("version", $"Version {wanted.Version} is no older published one; the current one is {current}.", "Give an older one, or publish it.")
            : await PublishAsync(id, ifMatch, body, caller, templates, cancellationToken).ConfigureAwait(false);
    }

    [EndpointSummary("Send a test")]
    [EndpointDescription("To at most five addresses of your own; marked in subject and header.")]
    private static async Task<Accepted<Page<AcceptedEmailView>>> TestAsync(
        [Description(IdOrKey)] string id,
        JsonBody<TestSendRequest> body,
        Caller caller,
        IEmailTemplates templates,
        IMailer mailer,
        CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var variables = Variables.Check(body.Value.Variables, fields);
        if (fields.Texts("to", body.Value.To) is not { Count: > 0 and <= MaxTests } to)
        {
            throw ProblemException.Invalid("to", $"There are {body.Value.To?.Count ?? 0}; 1 to {MaxTests} are allowed.", "Give addresses of your own.");
        }

        fields.ThrowIfMissing();
        var preview = new TemplatePreview { Version = body.Value.Version, Locale = body.Value.Locale, Variables = variables };
        var content = await templates.PreviewAsync(id, preview, caller.Tenant, cancellationToken).ConfigureAwait(false);
        var subject = $"[Test] {content.Subject}";
        var batch = new EmailBatch
        {
            Emails = [.. to.Select(address => new EmailMessage
            {
                To = address,
                Subject = subject.Length > 250 ? subject[..250] : subject,
                Html = content.Html,
                Text = content.Text,
                Headers = new Dictionary<string, string> { ["X-Jamail-Test"] = "1" },
                Tags = ["jamail-test"],
            })],
            Tenant = caller.Tenant,
        };
        var result = await NamingAddressesAsync(() => mailer.SendManyAsync(batch, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return TypedResults.Accepted(
            (string?)null, new Page<AcceptedEmailView>([.. result.Items.Select(item => AcceptedEmailView.Of(item.Email!))], null)); // Strict: all were accepted.
    }

    /// <summary>An address that is none is named as it stands in the request: <c>to[1]</c>.</summary>
    private static async Task<EmailBatchResult> NamingAddressesAsync(Func<Task<EmailBatchResult>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (InvalidInputException invalid)
        {
            throw ProblemException.Invalid([.. invalid.Problems.Select(problem => problem with
            {
                Field = problem.Field.StartsWith("emails[", StringComparison.Ordinal) && problem.Field.EndsWith("].to", StringComparison.Ordinal)
                    ? $"to{problem.Field["emails".Length..^".to".Length]}"
                    : problem.Field,
            })]);
        }
    }
}
