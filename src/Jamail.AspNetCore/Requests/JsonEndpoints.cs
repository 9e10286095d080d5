using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Maps endpoints with a JSON body.</summary>
internal static class JsonEndpoints
{
    public static RouteHandlerBuilder MapJsonPost(this RouteGroupBuilder group, string pattern, Delegate handler) =>
        Map(group, HttpMethods.Post, pattern, handler);

    public static RouteHandlerBuilder MapJsonPut(this RouteGroupBuilder group, string pattern, Delegate handler) =>
        Map(group, HttpMethods.Put, pattern, handler);

    public static RouteHandlerBuilder MapJsonPatch(this RouteGroupBuilder group, string pattern, Delegate handler) =>
        Map(group, HttpMethods.Patch, pattern, handler);

    // Routing answers 415 by itself, and empty, where no endpoint takes the body's type: hence one that takes every other.
    private static RouteHandlerBuilder Map(RouteGroupBuilder group, string method, string pattern, Delegate handler)
    {
        group.MapMethods(pattern, [method], Refuse).WithOrder(1).ExcludeFromDescription();
        return group.MapMethods(pattern, [method], handler);
    }

    private static Task Refuse(HttpContext context) => throw new ProblemException(
        StatusCodes.Status415UnsupportedMediaType,
        "unsupported-media-type",
        "The body must be JSON and say so.",
        [new InputProblem(
            "Content-Type",
            $"'{context.Request.ContentType}' is not 'application/json'.",
            "Send a JSON object with the header 'Content-Type: application/json'.")]);
}
