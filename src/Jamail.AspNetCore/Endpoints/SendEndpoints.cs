using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class SendEndpoints
{
    private const string Message = "Email queued for delivery";

    public static void Map(RouteGroupBuilder api) => api.MapJsonPost("/templates/{id}/send", SendAsync)
        .WithTags("Templates")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    [EndpointSummary("Send an e-mail made from a template")]
    [EndpointDescription("202 means that the e-mail is stored and will go out. Its state is read at /send-logs/{logId}.")]
    private static async Task<Accepted<AcceptedMailView>> SendAsync(
        [Description("The template's id or key.")] string id,
        [FromHeader(Name = "Idempotency-Key"), Description("1 to 256 visible characters. The same call with the same key within 24 hours is carried out once.")] string? idempotencyKey,
        JsonBody<SendRequest> body,
        Caller caller,
        IMailer mailer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var mail = new EmailMessage
        {
            To = fields.Text("recipient", body.Value.Recipient),
            Template = id,
            Variables = Variables.Check(body.Value.Variables, fields),
            IdempotencyKey = idempotencyKey,
            Tenant = caller.Tenant,
        };
        fields.ThrowIfMissing();
        try
        {
            var logId = (await mailer.SendAsync(mail, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return TypedResults.Accepted(LogPath(context.Request, logId), new AcceptedMailView(Message, logId));
        }
        catch (InvalidInputException invalid)
        {
            throw ProblemException.Invalid([.. invalid.Problems.Select(AsTheCallerWroteIt)]);
        }
    }

    // The mailer's word is "to"; here it is "recipient".
    private static InputProblem AsTheCallerWroteIt(InputProblem problem) =>
        problem.Field.Trim('/') is "to" or "To" ? problem with { Field = "recipient" } : problem;

    private static string LogPath(HttpRequest request, string logId)
    {
        var path = $"{request.PathBase}{request.Path}";
        return path[..path.LastIndexOf("/templates/", StringComparison.OrdinalIgnoreCase)] + "/send-logs/" + logId;
    }
}
