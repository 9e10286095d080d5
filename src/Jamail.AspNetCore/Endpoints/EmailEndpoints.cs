using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Hands e-mails in, and steers those that were.</summary>
internal static class EmailEndpoints
{
    private const string Replay = "Idempotent-Replay";
    private const string KeyText = "1 to 256 visible characters. The same call with the same key within 24 hours is carried out once.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/emails").WithTags("E-mails");
        group.MapJsonPost("/", SendAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapJsonPost("/batch", SendManyAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/batch/{id}/cancel", CancelBatchAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPatch("/{id}", ChangeAsync).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/cancel", CancelAsync).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/resend", ResendAsync)
            .Accepts<ResendRequest>(isOptional: true, "application/json")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone);
    }

    [EndpointSummary("Send an e-mail")]
    [EndpointDescription("202 means that it is stored and will go out. Fields that are wrong are named by JSON pointers.")]
    private static async Task<Accepted<AcceptedEmailView>> SendAsync(
        [FromHeader(Name = "Idempotency-Key"), Description(KeyText)] string? idempotencyKey,
        JsonBody<EmailRequest> body,
        Caller caller,
        IMailer mailer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var mail = body.Value.ToMessage(caller.Tenant, fields) with { IdempotencyKey = idempotencyKey };
        ThrowIfAny(fields);
        var email = await NamingFieldsAsync(() => mailer.AcceptAsync(mail, cancellationToken: cancellationToken)).ConfigureAwait(false);
        MarkReplay(context, email.IsReplay);
        return TypedResults.Accepted(Locations.Below(context.Request, email.Id.Value), AcceptedEmailView.Of(email));
    }

    [EndpointSummary("Send many e-mails")]
    [EndpointDescription("At most 500 and 20 MiB. In mode 'partial' each item of the answer tells its e-mail's id or what is wrong with it.")]
    private static async Task<Accepted<EmailBatchView>> SendManyAsync(
        [FromHeader(Name = "Idempotency-Key"), Description(KeyText)] string? idempotencyKey,
        JsonBody<EmailBatchRequest> body,
        Caller caller,
        IMailer mailer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (body.Value.Mode is not (null or "strict" or "partial"))
        {
            throw ProblemException.Invalid("/mode", $"It is '{body.Value.Mode}'.", "Give 'strict' or 'partial'.");
        }

        if (body.Value.Emails is { Count: > EmailBatchReading.MaxEmails } many)
        {
            throw ProblemException.Invalid("/emails", $"There are {many.Count}; a batch has 1 to {EmailBatchReading.MaxEmails}.", "Send several batches.");
        }

        var (messages, misread) = EmailBatchReading.Read(body.Value, caller.Tenant);
        var isPartial = body.Value.Mode == "partial";
        if (misread.Count > 0 && (!isPartial || messages.Count == 0))
        {
            throw ProblemException.Invalid([.. misread.SelectMany(item => item.Value.Select(
                problem => Pointers.In(problem with { Field = $"emails[{item.Key}].{problem.Field}" })))]);
        }

        var batch = new EmailBatch
        {
            Emails = messages, AllowPartial = isPartial, IdempotencyKey = idempotencyKey, Tenant = caller.Tenant,
        };
        var result = await NamingFieldsAsync(() => mailer.SendManyAsync(batch, cancellationToken: cancellationToken)).ConfigureAwait(false);
        MarkReplay(context, result.IsReplay);
        var list = $"{context.Request.PathBase}{context.Request.Path}"[..^"/batch".Length];
        return TypedResults.Accepted($"{list}?batch={result.Id}", EmailBatchView.Of(EmailBatchReading.Merge(result, misread)));
    }

    [EndpointSummary("Move an e-mail to another time")]
    [EndpointDescription("While it is scheduled, queued, deferred or retrying.")]
    private static async Task<NoContent> ChangeAsync(
        [Description("The e-mail's id.")] string id,
        JsonBody<EmailChangeRequest> body,
        Caller caller,
        IMailer mailer,
        CancellationToken cancellationToken)
    {
        var at = body.Value.ScheduledAt ?? throw ProblemException.Invalid(
            "/scheduledAt", "It is missing, and nothing else can be changed.", "Send a time as in 2026-11-25T22:00:00Z.");
        await NamingFieldsAsync(async () =>
        {
            await mailer.RescheduleAsync(Known(id), at, caller.Tenant, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    [EndpointSummary("Cancel an e-mail")]
    [EndpointDescription("While it is scheduled, queued, deferred or retrying.")]
    private static async Task<NoContent> CancelAsync(
        [Description("The e-mail's id.")] string id, Caller caller, IMailer mailer, CancellationToken cancellationToken)
    {
        await mailer.CancelAsync(Known(id), caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    [EndpointSummary("Cancel a batch")]
    [EndpointDescription("Those of its e-mails that are scheduled, queued, deferred or retrying; the answer counts them, and the others.")]
    private static async Task<Ok<EmailBatchCancellationView>> CancelBatchAsync(
        [Description("The batch's id.")] string id, Caller caller, IMailer mailer, CancellationToken cancellationToken)
    {
        var result = await mailer.CancelBatchAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new EmailBatchCancellationView(result.Id, result.Cancelled, result.Left));
    }

    [EndpointSummary("Send an e-mail once more")]
    [EndpointDescription("As a new e-mail with a Message-ID of its own, when the old one has come to its end.")]
    private static async Task<Accepted<AcceptedEmailView>> ResendAsync(
        [Description("The e-mail's id.")] string id, Caller caller, IMailer mailer, HttpContext context, CancellationToken cancellationToken)
    {
        var hasBody = context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        var request = hasBody ? await JsonBody<ResendRequest>.ReadAsync(context).ConfigureAwait(false) : new ResendRequest();
        var resend = new EmailResend { To = request.To, Force = request.Force, Provider = request.Provider, Tenant = caller.Tenant };
        if (request.Force && !caller.MayDo(Scopes.ForceEmails))
        {
            throw Scopes.Missing(Scopes.ForceEmails, "/force");
        }

        var email = await NamingFieldsAsync(() => mailer.ResendAsync(Known(id), resend, cancellationToken)).ConfigureAwait(false);
        var path = $"{context.Request.PathBase}{context.Request.Path}";
        var list = path[..(path.LastIndexOf("/emails/", StringComparison.OrdinalIgnoreCase) + "/emails".Length)];
        return TypedResults.Accepted($"{list}/{email.Id.Value}", AcceptedEmailView.Of(email));
    }

    private static EmailId Known(string id) =>
        EmailId.TryParse(id, out var known) ? known : throw ProblemException.NotFound("e-mail", id, "Give the id that sending returned.");

    private static void MarkReplay(HttpContext context, bool isReplay)
    {
        if (isReplay)
        {
            context.Response.Headers[Replay] = "true";
        }
    }

    private static void ThrowIfAny(RequiredFields fields)
    {
        if (fields.Problems.Count > 0)
        {
            throw ProblemException.Invalid([.. fields.Problems.Select(Pointers.In)]);
        }
    }

    /// <summary>What is wrong is named as it stands in the request.</summary>
    private static async Task<T> NamingFieldsAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (InvalidInputException invalid)
        {
            throw ProblemException.Invalid([.. invalid.Problems.Select(EmailBatchReading.InRequest)]);
        }
        catch (MailException refused) when (refused.Error == MailError.TemplateNotFound)
        {
            throw ProblemException.Invalid("/template/key", refused.Message, "GET /templates lists those there are.");
        }
        catch (MailException refused) when (refused is { Error: MailError.TooLarge, Field: { } field })
        {
            throw new ProblemException(
                StatusCodes.Status413PayloadTooLarge, "too-large", refused.Message,
                [new InputProblem(Pointers.Of(field), refused.Message, "Send less, or raise Jamail:Mail:MaxAttachmentBytes.")]);
        }
    }
}
