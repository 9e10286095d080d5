using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Takes a person out of the log; that something was sent stays known.</summary>
internal sealed class Erasure(Database database, Statements statements, MailAudit audit, TimeProvider clock)
{
    public Task<int> EraseAsync(string tenant, byte[] hash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (own, token) =>
            {
                var parameters = new { tenant, hash, now = clock.UnixMs() };
                foreach (var statement in (string[])
                    [MailSql.EraseBodies, MailSql.EraseFiles, MailSql.EraseAttempts, MailSql.EraseEvents, MailSql.EraseSuppressions, MailSql.EraseAudit])
                {
                    await statements.ExecuteAsync(own, statement, parameters, token).ConfigureAwait(false);
                }

                await audit.WriteAsync(own, tenant, "person.erased", "", null, token, hash).ConfigureAwait(false);
                var erased = await statements.ExecuteAsync(own, MailSql.EraseMails, parameters, token).ConfigureAwait(false);
                await statements.ExecuteAsync(own, MailSql.EraseJobs, parameters, token).ConfigureAwait(false);
                return erased;
            },
            cancellationToken);
}
