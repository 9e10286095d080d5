using System.Buffers;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jamail.AspNetCore;

/// <summary>Receives webhooks at one path: proves them, drops repetitions, hands them to their handler.</summary>
internal sealed class ReceiverEndpoint(string path, WebhookReceiverOptions options, IReadOnlyList<WebhookSecret> secrets)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            context.Response.StatusCode = await ReceiveAsync(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await ProblemWriter.WriteAsync(context, Problem(context, fault)).ConfigureAwait(false);
        }
    }

    private async Task<int> ReceiveAsync(HttpContext context)
    {
        var stopping = context.RequestAborted;
        var body = await ReadAsync(context.Request, stopping).ConfigureAwait(false);
        var clock = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var (webhook, verdict) = ReceiverProof.Verify(options, secrets, context.Request.Headers, body, clock.GetUtcNow());
        if (webhook is null)
        {
            throw new ProblemException(
                StatusCodes.Status401Unauthorized, "not-genuine", $"The request does not prove where it comes from: {verdict}.");
        }

        if ((options.Handlers.GetValueOrDefault(webhook.Type) ?? options.Other) is not { } handler)
        {
            return StatusCodes.Status204NoContent;
        }

        if (options.RememberFor == TimeSpan.Zero)
        {
            await HandleAsync(handler, webhook, context.RequestServices, stopping).ConfigureAwait(false);
            return StatusCodes.Status204NoContent;
        }

        var seen = ActivatorUtilities.CreateInstance<SeenWebhooks>(context.RequestServices);
        var key = seen.Key(path, webhook.Id);
        var (token, isDone) = await seen.TryTakeAsync(key, options.HandlerTimeout, stopping).ConfigureAwait(false);
        if (token is null)
        {
            return isDone
                ? StatusCodes.Status200OK
                : throw ProblemException.Conflict($"Webhook '{webhook.Id}' is being handled.", Soon);
        }

        try
        {
            await HandleAsync(handler, webhook, context.RequestServices, stopping).ConfigureAwait(false);
        }
        catch
        {
            // The sender tries again, and then it is to be handled.
            await seen.ForgetAsync(key, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await seen.KeepAsync(key, options.RememberFor, CancellationToken.None).ConfigureAwait(false);
        return StatusCodes.Status204NoContent;
    }

    private async Task HandleAsync(ReceiverHandler handler, ProvenWebhook webhook, IServiceProvider services, CancellationToken stopping)
    {
        try
        {
            await handler.HandleAsync(webhook, options.Json, services, stopping).ConfigureAwait(false);
        }
        catch (JsonException fault)
        {
            throw ProblemException.Invalid(
                fault.Path is { Length: > 0 } where ? where : "body",
                $"The body of a webhook of type '{webhook.Type}' is not what its handler reads.",
                "Send what the receiver expects, or let it read something else.");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken stopping)
    {
        var body = new ArrayBufferWriter<byte>();
        int count;
        do
        {
            count = await request.Body.ReadAsync(body.GetMemory(16 * 1024), stopping).ConfigureAwait(false);
            body.Advance(count);
            if (body.WrittenCount > options.MaxBodyBytes)
            {
                throw new ProblemException(
                    StatusCodes.Status413PayloadTooLarge, "too-large", $"The body has more than {options.MaxBodyBytes} bytes; nothing of it was handled.");
            }
        }
        while (count > 0);
        return body.WrittenMemory;
    }

    private static ProblemException Problem(HttpContext context, Exception fault)
    {
        if (fault is ProblemException problem)
        {
            return problem;
        }

        if (fault is RedisConnectionException or RedisTimeoutException or TimeoutException or JobQueueException)
        {
            return ProblemException.Unavailable("The receiver cannot tell now whether it has handled this webhook. Send it again.");
        }

        context.RequestServices.GetRequiredService<ILogger<ReceiverEndpoint>>()
            .RequestFailed(fault, context.Request.Method, context.GetEndpoint()?.DisplayName);
        return new ProblemException(StatusCodes.Status500InternalServerError, "internal", "The handler failed; the receiver's log says why.");
    }
}
