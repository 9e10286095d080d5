using System.Text.Json;

namespace Jamail.Mail;

/// <summary>The parameter of <c>finish_mails</c>: a group of results is one JSON text.</summary>
internal static class ClaimedEndJson
{
    public static string Write(IEnumerable<(ClaimedEnd Claimed, AttemptTimes Times)> ends) =>
        JsonSerializer.Serialize(ends.Select(item =>
        {
            var ((row, token, end, attempt, _), times) = item;
            var isSent = end.Status == EmailStatus.Sent;
            return new
            {
                id = row.Id,
                token,
                status = (int)end.Status,
                reason = isSent ? null : Clean(end.Reason),
                code = attempt.Result.ReplyCode,
                enhanced = attempt.Result.EnhancedCode,
                reply = Clean(attempt.Result.Text),
                provider = attempt.Provider.Length > 0 ? attempt.Provider : null,
                sent = isSent ? times.Now : (long?)null,
                completed = end.GoesOn ? (long?)null : times.Now,
                next = times.NextAt,
                rest = end.Left is { } left ? StoredJson.Of(left) : null,
                deferral = end.Status == EmailStatus.Deferred ? 1 : 0,
                now = times.Now,
                due = times.CheckAt,
                job = (int)times.Job,
                attempt = attempt.Id,
                worker = attempt.Worker,
                started = attempt.StartedAt,
                took = attempt.DurationMs,
                phase = (int)attempt.Result.Phase,
                outcome = (int)attempt.Verdict.Kind,
                @class = attempt.Verdict.Class,
                use = attempt.Result.ConnectionUse,
                tls = attempt.Result.Tls,
                tried = attempt.Provider,
            };
        }));

    // A NUL has no place in a text of PostgreSQL.
    private static string? Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);
}
