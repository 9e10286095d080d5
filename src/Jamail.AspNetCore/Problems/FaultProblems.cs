using System.Data.Common;
using System.Net.Sockets;
using Jamail.Mail;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Http;
using StackExchange.Redis;

namespace Jamail.AspNetCore;

/// <summary>What a caller is told about an exception.</summary>
internal static class FaultProblems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static ProblemException Describe(Exception fault) => fault switch
    {
        ProblemException problem => problem,
        InvalidInputException invalid => ProblemException.Invalid(invalid.Problems),
        WebhookPayloadTooLargeException large => new ProblemException(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            large.Message,
            [new InputProblem("payload", large.Message, "Send an id and let the receiver fetch the rest, or raise Jamail:Webhooks:MaxPayloadBytes.")]),
        WebhookVersionException => new ProblemException(StatusCodes.Status412PreconditionFailed, "changed", fault.Message),
        StoreUnavailableException => ProblemException.Unavailable(fault.Message),
        IdempotencyException { IsInFlight: true } => ProblemException.Conflict(fault.Message, Soon),
        IdempotencyException => ProblemException.Invalid(
            "Idempotency-Key", fault.Message, "Use a new key for a new request."),
        MailException mail => Describe(mail),
        JobQueueException queue => Describe(queue),
        RedisConnectionException or RedisTimeoutException or TimeoutException or SocketException =>
            ProblemException.Unavailable("Redis or the database does not answer. Repeat the request when it is back."),
        // A NUL in a filter or a name, which PostgreSQL takes in no text.
        DbException { SqlState: "22021" } => ProblemException.Invalid("request", "A text in it holds a NUL, which cannot be stored or looked for.", "Remove it."),
        // The server's own limit, which it may meet before this library has read as far as its own.
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => new ProblemException(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            "The body is too large; nothing of it was stored.",
            [new InputProblem("body", large.Message, "Send less, or send a reference instead of the content.")]),
        BadHttpRequestException bad => new ProblemException(bad.StatusCode, "bad-request", bad.Message),
        _ => new ProblemException(
            StatusCodes.Status500InternalServerError, "internal", "Something failed inside the host; its log says what."),
    };

    private static ProblemException Describe(MailException fault) => fault.Error switch
    {
        MailError.TemplateNotFound or MailError.EmailNotFound =>
            new ProblemException(StatusCodes.Status404NotFound, "not-found", fault.Message),
        MailError.TooLarge => new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large", fault.Message),
        MailError.ContentRemoved => new ProblemException(StatusCodes.Status410Gone, "removed", fault.Message),
        _ => ProblemException.Conflict(fault.Message),
    };

    private static ProblemException Describe(JobQueueException fault) => fault.Error switch
    {
        JobQueueError.JobNotFound => new ProblemException(StatusCodes.Status404NotFound, "not-found", fault.Message),
        JobQueueError.Unavailable or JobQueueError.Unknown or JobQueueError.Busy => ProblemException.Unavailable(fault.Message),
        _ => ProblemException.Conflict(fault.Message),
    };
}
