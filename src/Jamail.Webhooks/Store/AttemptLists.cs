namespace Jamail.Webhooks;

/// <summary>What PostgreSQL's <c>insert_attempt</c> takes: each member of <see cref="AttemptParameters"/> as a list.</summary>
internal sealed class AttemptLists(IReadOnlyList<AttemptParameters> attempts)
{
    public string[] Id => List(attempt => attempt.Id);

    public string[] DeliveryId => List(attempt => attempt.DeliveryId);

    public string[] WebhookId => List(attempt => attempt.WebhookId);

    public string[] EventId => List(attempt => attempt.EventId);

    public int[] Number => List(attempt => attempt.Number);

    public int[] Origin => List(attempt => attempt.Origin);

    public string[] Url => List(attempt => attempt.Url);

    public string?[] RemoteIp => List(attempt => attempt.RemoteIp);

    public long[] StartedAt => List(attempt => attempt.StartedAt);

    public long[] DurationMs => List(attempt => attempt.DurationMs);

    public long?[] FirstByteMs => List(attempt => attempt.FirstByteMs);

    public int?[] StatusCode => List(attempt => attempt.StatusCode);

    public int[] Outcome => List(attempt => attempt.Outcome);

    public string?[] ErrorClass => List(attempt => attempt.ErrorClass);

    public string?[] Error => List(attempt => attempt.Error);

    public string?[] RequestHeaders => List(attempt => attempt.RequestHeaders);

    public string?[] ResponseHeaders => List(attempt => attempt.ResponseHeaders);

    public string?[] ResponseBody => List(attempt => attempt.ResponseBody);

    public int[] IsTruncated => List(attempt => attempt.IsTruncated);

    public long?[] NextAttemptAt => List(attempt => attempt.NextAttemptAt);

    public string?[] Worker => List(attempt => attempt.Worker);

    private T[] List<T>(Func<AttemptParameters, T> member) => [.. attempts.Select(member)];
}
