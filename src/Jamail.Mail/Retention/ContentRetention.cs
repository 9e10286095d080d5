using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Removes what is kept no longer: content after the days of its category, then the log.</summary>
internal sealed class ContentRetention(Database database, Statements statements)
{
    private const int PageSize = 500;
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private static readonly long InboundKept = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    public async Task CleanAsync(long now, CancellationToken cancellationToken)
    {
        while (await PageAsync(now, cancellationToken).ConfigureAwait(false) == PageSize)
        {
        }

        await database.WriteAsync(
            async (own, token) =>
            {
                await statements.ExecuteAsync(own, MailSql.DeleteOrphanFiles, new { before = now - Day, count = PageSize }, token).ConfigureAwait(false);
                await statements.ExecuteAsync(own, MailSql.DeleteOldInbound, new { before = now - InboundKept }, token).ConfigureAwait(false);
                await statements.ExecuteAsync(own, MailSql.DeleteOldAttempts, new { now }, token).ConfigureAwait(false);
                await statements.ExecuteAsync(own, MailSql.DeleteOldEvents, new { now }, token).ConfigureAwait(false);
                return await statements.ExecuteAsync(own, MailSql.DeleteOldMails, new { now }, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<int> PageAsync(long now, CancellationToken cancellationToken) => database.WriteAsync(
        async (own, token) =>
        {
            var parameters = new { now, count = PageSize };
            await statements.ExecuteAsync(own, MailSql.DeleteOldBodies, parameters, token).ConfigureAwait(false);
            await statements.ExecuteAsync(own, MailSql.DeleteOldFiles, parameters, token).ConfigureAwait(false);
            return await statements.ExecuteAsync(own, MailSql.EndBodyTime, parameters, token).ConfigureAwait(false);
        },
        cancellationToken);
}
