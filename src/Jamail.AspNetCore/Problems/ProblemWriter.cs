using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Jamail.AspNetCore;

/// <summary>Writes problem+json (RFC 9457).</summary>
internal static class ProblemWriter
{
    private const string TypePrefix = "urn:jamail:problem:";

    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (problem.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var body = new ProblemBody(
            TypePrefix + problem.Kind,
            ReasonPhrases.GetReasonPhrase(problem.Status),
            problem.Status,
            problem.Message,
            problem.Errors.Count == 0 ? null : [.. problem.Errors.Select(error => new ProblemError(error.Field, error.Rule, error.Fix))]);
        return response.WriteAsJsonAsync(
            body, ProblemJson.Readable.ProblemBody, "application/problem+json", context.RequestAborted);
    }
}
