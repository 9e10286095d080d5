using Jamail.Queueing;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Ends a request with an error that is the caller's to mend or to wait out.</summary>
internal sealed class ProblemException(
    int status,
    string kind,
    string detail,
    IReadOnlyList<InputProblem>? errors = null,
    TimeSpan? retryAfter = null) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>A word for programs: the end of the problem's type.</summary>
    public string Kind { get; } = kind;

    public IReadOnlyList<InputProblem> Errors { get; } = errors ?? [];

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public static ProblemException Invalid(string field, string rule, string fix) =>
        Invalid([new InputProblem(field, rule, fix)]);

    public static ProblemException Invalid(IReadOnlyList<InputProblem> errors) => new(
        StatusCodes.Status422UnprocessableEntity,
        "invalid-input",
        errors.Count == 1 ? $"{errors[0].Field}: {errors[0].Rule}" : $"{errors.Count} things are wrong with the request.",
        errors);

    public static ProblemException NotFound(string what, string value, string fix) => new(
        StatusCodes.Status404NotFound, "not-found", $"There is no {what} '{value}'. {fix}");

    public static ProblemException Conflict(string detail, TimeSpan? retryAfter = null) => new(
        StatusCodes.Status409Conflict, "conflict", detail, retryAfter: retryAfter);

    public static ProblemException Unavailable(string detail) => new(
        StatusCodes.Status503ServiceUnavailable, "unavailable", detail, retryAfter: TimeSpan.FromSeconds(1));
}
