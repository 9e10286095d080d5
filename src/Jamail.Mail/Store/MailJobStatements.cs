using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>
/// What the change of one mail means for its job, in the same transaction and after it: everybody who locks both locks the mail's row
/// first, and then that of its job.
/// </summary>
internal static class MailJobStatements
{
    /// <summary>The mail is done.</summary>
    public static Task EndJobAsync(this Statements statements, DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(transaction, MailSql.EndJob, new { id }, cancellationToken);

    /// <summary>The mail wants a job of the number in its row; a bulk mail when there is room, for which <see cref="BulkFeed"/> looks.</summary>
    public static Task WantJobAsync(
        this Statements statements, DbTransaction transaction, string id, long due, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(transaction, MailSql.WantJob, new { id, due }, cancellationToken);

    /// <summary>What comes after an attempt.</summary>
    public static Task FollowAsync(
        this Statements statements, DbTransaction transaction, string id, AttemptTimes times, CancellationToken cancellationToken) =>
        times.Job switch
        {
            NextJob.None => statements.EndJobAsync(transaction, id, cancellationToken),
            NextJob.Same => statements.ExecuteAsync(transaction, MailSql.MoveJob, new { id, due = times.CheckAt }, cancellationToken),
            _ => statements.WantJobAsync(transaction, id, times.CheckAt, cancellationToken),
        };
}
