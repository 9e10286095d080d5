using System.Data.Common;
using System.Text.Json;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Takes a person out of the log; that something was sent stays known.</summary>
internal sealed class Erasure(
    Database database, Statements statements, MailRows rows, AttemptWriter writer, MailAddressHash hashes, MailAudit audit, TimeProvider clock)
{
    /// <summary>
    /// Stands for a person in the lists of those that a mail has yet to go to: without anybody in its place the last one's mail would look like
    /// one that went to nobody, and a part like another part.
    /// </summary>
    public const string Nobody = "erased@invalid";

    /// <param name="tenant">Whose log.</param>
    /// <param name="address">A plain address.</param>
    /// <param name="hash">Of the address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many mails named the person, as their recipient or in copy.</returns>
    public Task<int> EraseAsync(string tenant, string address, byte[] hash, CancellationToken cancellationToken) =>
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
                await statements.ExecuteAsync(own, MailSql.EraseNamedEvents, Named(tenant, address), token).ConfigureAwait(false);
                return erased + await EraseCopiesAsync(own, tenant, address, hash, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Mails to others go on without the copy; that of a job which is in the queue already is in the job's data until it is done.</summary>
    private async Task<int> EraseCopiesAsync(DbTransaction own, string tenant, string address, byte[] hash, CancellationToken cancellationToken)
    {
        // As it stands in the stored list, where JSON writes some characters in another way.
        var local = JsonSerializer.Serialize(address[..(address.LastIndexOf('@') + 1)].ToLowerInvariant()).Trim('"').ToLowerInvariant();
        var pattern = Pattern(local);
        var erased = 0;
        foreach (var row in await statements.QueryAsync<MailRow>(own, MailSql.FindCopies, new { tenant, pattern }, cancellationToken).ConfigureAwait(false))
        {
            var parameters = new
            {
                id = row.Id, cc = Without(row.Cc), bcc = Without(row.Bcc), rest = Replaced(row.RecipientsLeft), part = Replaced(row.PartLeft), now = clock.UnixMs(),
            };
            if ((parameters.cc, parameters.bcc, parameters.rest, parameters.part) == (row.Cc, row.Bcc, row.RecipientsLeft, row.PartLeft))
            {
                continue;
            }

            foreach (var statement in (string[])[MailSql.EraseCopy, MailSql.EraseCopyAttempts, MailSql.EraseCopyEvents])
            {
                await statements.ExecuteAsync(own, statement, parameters, cancellationToken).ConfigureAwait(false);
            }

            if (StoredJson.List(parameters.rest) is { Count: > 0 } left && left.All(other => other == Nobody)
                && await rows.FindAsync(own, row.Id, cancellationToken).ConfigureAwait(false) is { } mail)
            {
                await writer.EndWaitingAsync(own, mail, PartialSending.NobodyLeft, cancellationToken).ConfigureAwait(false);
            }

            erased++;
        }

        return erased;

        bool IsErased(string text) => hashes.Of(tenant, MailIdentity.AddressOf(text)).AsSpan().SequenceEqual(hash);

        string? Replaced(string? stored) => StoredJson.List(stored) is var list && list.Any(IsErased)
            ? StoredJson.Of([.. list.Select(text => IsErased(text) ? Nobody : text)])
            : stored;

        string? Without(string? stored)
        {
            var kept = StoredJson.List(stored).Where(text => !IsErased(text)).ToList();
            return kept.Count == StoredJson.List(stored).Count ? stored : StoredJson.Of(kept);
        }
    }

    private static object Named(string tenant, string address) => new
    {
        tenant,
        named = Pattern(address.ToLowerInvariant()),
        ascii = Pattern($"{address[..address.LastIndexOf('@')].ToLowerInvariant()}@{MailAddressHash.DomainOf(address)}"),
    };

    /// <summary>What has the text in it.</summary>
    private static string Pattern(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
