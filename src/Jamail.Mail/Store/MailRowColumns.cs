namespace Jamail.Mail;

/// <summary>The parameters of <c>insert_mails</c> on PostgreSQL: each column of a group of rows as one array.</summary>
internal sealed class MailRowColumns(IReadOnlyList<MailRow> rows)
{
    public string[] Id { get; } = Of(rows, row => row.Id);

    public string[] TenantId { get; } = Of(rows, row => row.TenantId);

    public string?[] CompatId { get; } = Of(rows, row => row.CompatId);

    public string?[] TemplateId { get; } = Of(rows, row => row.TemplateId);

    public string?[] TemplateVersionId { get; } = Of(rows, row => row.TemplateVersionId);

    public string?[] TemplateKey { get; } = Of(rows, row => row.TemplateKey);

    public int?[] TemplateVersion { get; } = Of(rows, row => row.TemplateVersion);

    public string?[] Locale { get; } = Of(rows, row => row.Locale);

    public string[] Category { get; } = Of(rows, row => row.Category);

    public string[] FromAddr { get; } = Of(rows, row => row.FromAddr);

    public string[] ToAddr { get; } = Of(rows, row => row.ToAddr);

    public byte[][] ToHash { get; } = Of(rows, row => row.ToHash);

    public string[] ToDomain { get; } = Of(rows, row => row.ToDomain);

    public string?[] Cc { get; } = Of(rows, row => row.Cc);

    public string?[] Bcc { get; } = Of(rows, row => row.Bcc);

    public string?[] ReplyTo { get; } = Of(rows, row => row.ReplyTo);

    public string[] Subject { get; } = Of(rows, row => row.Subject);

    public string[] MessageId { get; } = Of(rows, row => row.MessageId);

    public int[] Status { get; } = Of(rows, row => row.Status);

    public string?[] StatusReason { get; } = Of(rows, row => row.StatusReason);

    public string?[] Tags { get; } = Of(rows, row => row.Tags);

    public string?[] Metadata { get; } = Of(rows, row => row.Metadata);

    public string?[] BatchId { get; } = Of(rows, row => row.BatchId);

    public string?[] ResendOf { get; } = Of(rows, row => row.ResendOf);

    public int[] Attachments { get; } = Of(rows, row => row.Attachments);

    public string?[] WantedProvider { get; } = Of(rows, row => row.WantedProvider);

    public long?[] BodyUntil { get; } = Of(rows, row => row.BodyUntil);

    public long?[] LogUntil { get; } = Of(rows, row => row.LogUntil);

    public int[] Forced { get; } = Of(rows, row => row.Forced);

    public int[] Priority { get; } = Of(rows, row => row.Priority);

    public long?[] ScheduledAt { get; } = Of(rows, row => row.ScheduledAt);

    public long?[] ExpiresAt { get; } = Of(rows, row => row.ExpiresAt);

    public long?[] NextAttemptAt { get; } = Of(rows, row => row.NextAttemptAt);

    public long[] QueuedAt { get; } = Of(rows, row => row.QueuedAt);

    public long?[] CompletedAt { get; } = Of(rows, row => row.CompletedAt);

    public int[] JobState { get; } = Of(rows, row => row.JobState);

    public string?[] JobKey { get; } = Of(rows, row => row.JobKey);

    public string?[] JobEpoch { get; } = Of(rows, row => row.JobEpoch);

    public long[] JobDueAt { get; } = Of(rows, row => row.JobDueAt);

    public string?[] Trace { get; } = Of(rows, row => row.Trace);

    public string?[] TraceState { get; } = Of(rows, row => row.TraceState);

    public string?[] Html { get; } = Of(rows, row => row.Html);

    public string?[] Text { get; } = Of(rows, row => row.Text);

    public string?[] Headers { get; } = Of(rows, row => row.Headers);

    private static T[] Of<T>(IReadOnlyList<MailRow> rows, Func<MailRow, T> column)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column(rows[i]);
        }

        return values;
    }
}
