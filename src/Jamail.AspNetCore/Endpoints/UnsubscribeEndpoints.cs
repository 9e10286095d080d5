using System.Net;
using Jamail.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>
/// Unsubscribing with one click (RFC 8058). Looking at the page changes nothing, since scanners follow links; posting needs no cookie,
/// no login and no second step.
/// </summary>
internal static class UnsubscribeEndpoints
{
    private const string Field = "List-Unsubscribe";
    private const string OneClick = "One-Click";
    private const int MaxBody = 16 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/u/{token}", ShowAsync).WithTags("Public").WithSummary("Show what unsubscribing means").DisableAntiforgery();
        group.MapPost("/u/{token}", UnsubscribeAsync).WithTags("Public").WithSummary("Unsubscribe").DisableAntiforgery();
    }

    private static async Task ShowAsync(string token, IUnsubscriptions unsubscriptions, HttpContext context, CancellationToken cancellationToken)
    {
        var category = await unsubscriptions.TryReadAsync(token, cancellationToken).ConfigureAwait(false);
        context.Response.StatusCode = category is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await WriteAsync(context, category is null
            ? "<p>This link is not valid any more.</p>"
            : $"<p>Stop e-mails of the kind <b>{WebUtility.HtmlEncode(category)}</b>?</p>"
                + $"<form method=\"post\"><input type=\"hidden\" name=\"{Field}\" value=\"{OneClick}\"><button>Unsubscribe</button></form>").ConfigureAwait(false);
    }

    private static async Task UnsubscribeAsync(
        string token, IUnsubscriptions unsubscriptions, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await IsOneClickAsync(context, cancellationToken).ConfigureAwait(false))
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest, "bad-request", $"The body must be a form that holds {Field}={OneClick}.");
        }

        // The same answer for a token that is none of ours: nobody learns here which ones are.
        await unsubscriptions.UnsubscribeAsync(token, cancellationToken).ConfigureAwait(false);
        await WriteAsync(context, "<p>You are unsubscribed.</p>").ConfigureAwait(false);
    }

    private static async Task<bool> IsOneClickAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength is > MaxBody || !context.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(cancellationToken).ConfigureAwait(false);
            return form[Field] == OneClick;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        context.Response.Headers["Content-Security-Policy"] = "default-src 'none'; form-action 'self'";
        return context.Response.WriteAsync($"<!doctype html><meta charset=\"utf-8\"><title>Unsubscribe</title>{body}", context.RequestAborted);
    }
}
