using System.Data.Common;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>The list as sending and reports see it.</summary>
internal sealed class SuppressionList(
    Database database, Statements statements, EmailCategories categories, MailAddressHash hashes, SuppressionMetrics metrics,
    IOptions<MailOptions> options, TimeProvider clock)
{
    private const int SoftLimit = 5;
    private static readonly TimeSpan SoftSpan = TimeSpan.FromDays(7);
    private static readonly TimeSpan SoftKept = TimeSpan.FromDays(14);
    private static readonly TimeSpan PlainSpan = TimeSpan.FromDays(30);

    /// <summary>The entry that forbids a mail; null when none does.</summary>
    public async Task<Suppression?> FindAsync(string tenant, byte[] hash, string category, CancellationToken cancellationToken)
    {
        var policy = await categories.PolicyOfAsync(category, tenant, cancellationToken).ConfigureAwait(false);
        var parameters = new { tenant, hash, category, essential = policy.IsEssential ? 1 : 0, now = clock.UnixMs() };
        var row = await database.ReadAsync(
            (connection, token) => statements.FirstAsync<SuppressionRow>(connection, MailSql.FindSuppression, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return row?.ToSuppression();
    }

    /// <summary>The same for one mail, whose row says already whether the list names its recipient.</summary>
    public Task ApplyAsync(MailRow row, CancellationToken cancellationToken) =>
        row is { Listed: 0, Cc: null, Bcc: null } ? Task.CompletedTask : ApplyAsync([row], cancellationToken);

    /// <summary>
    /// Looks mails up that are about to be stored or sent, by one query: a mail whose recipient is on the list ends; a copy to an address
    /// that is on it is left out. Those that are forced stay as they are.
    /// </summary>
    public async Task ApplyAsync(IReadOnlyList<MailRow> rows, CancellationToken cancellationToken)
    {
        foreach (var tenant in rows.Where(row => row.Forced == 0).GroupBy(row => row.TenantId))
        {
            var asked = tenant.Select(row => (Row: row, Cc: Hashed(row, row.Cc), Bcc: Hashed(row, row.Bcc))).ToList();
            var all = asked.SelectMany(mail => mail.Cc.Concat(mail.Bcc).Select(copy => copy.Hash).Prepend(mail.Row.ToHash))
                .DistinctBy(Convert.ToHexString).ToArray();
            var found = await FindAllAsync(tenant.Key, all, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                continue;
            }

            foreach (var (row, cc, bcc) in asked)
            {
                var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
                if (Forbids(found, row.ToHash, row.Category, policy.IsEssential) is { } entry)
                {
                    MailEnding.Suppress(row, entry);
                    metrics.Ended(entry.Reason);
                    continue;
                }

                row.LeftOut = [.. cc.Concat(bcc).Where(IsListed).Select(copy => MailIdentity.AddressOf(copy.Address))];
                if (row.LeftOut.Count > 0)
                {
                    row.Cc = StoredJson.Of([.. cc.Where(copy => !IsListed(copy)).Select(copy => copy.Address)]);
                    row.Bcc = StoredJson.Of([.. bcc.Where(copy => !IsListed(copy)).Select(copy => copy.Address)]);
                }

                bool IsListed((string Address, byte[] Hash) copy) => Forbids(found, copy.Hash, row.Category, policy.IsEssential) is not null;
            }
        }
    }

    private List<(string Address, byte[] Hash)> Hashed(MailRow row, string? stored) =>
        [.. StoredJson.List(stored).Select(address => (address, hashes.Of(row.TenantId, MailIdentity.AddressOf(address))))];

    private static Suppression? Forbids(ILookup<string, SuppressionRow> found, byte[] hash, string category, bool isEssential) =>
        found[Convert.ToHexString(hash)].FirstOrDefault(entry =>
            (entry.Scope == Suppression.Everything || entry.Scope == category)
            && !(isEssential && SuppressionReasons.Read(entry.Reason) == SuppressionReason.Unsubscribe))?.ToSuppression();

    private async Task<ILookup<string, SuppressionRow>> FindAllAsync(string tenant, byte[][] hashes, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<SuppressionRow>(
                connection, MailSql.FindSuppressions, new { tenant, hashes, now = clock.UnixMs() }, token),
            cancellationToken).ConfigureAwait(false);
        return rows.ToLookup(row => Convert.ToHexString(row.AddressHash));
    }

    /// <summary>A mail to an address ended at a full mailbox: after five in a row over a week or more it is not written to for two weeks.</summary>
    public async Task CountSoftBounceAsync(DbTransaction transaction, MailRow row, string source, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = await statements.FirstAsync<SoftBounces>(
            transaction, MailSql.CountSoftBounces, new { tenant = row.TenantId, hash = row.ToHash, last = SoftLimit }, cancellationToken).ConfigureAwait(false);
        if (ended is { Count: SoftLimit, First: { } first } && first <= (now - SoftSpan).ToUnixTimeMilliseconds())
        {
            var entry = new Suppression
            {
                Address = row.ToAddr, Reason = SuppressionReason.SoftLimit, Source = source, Tenant = row.TenantId,
                Note = $"The last {SoftLimit} e-mails ended at a full mailbox.", ExpiresAt = now + SoftKept,
            };
            await AddAsync(transaction, entry, row.ToHash, row.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A mail bounced without a code that says why: the second one within 30 days is taken for its mailbox being gone.</summary>
    public async Task CountPlainBounceAsync(DbTransaction transaction, MailRow row, string source, string? note, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            tenant = row.TenantId, hash = row.ToHash, id = row.Id, since = (clock.GetUtcNow() - PlainSpan).ToUnixTimeMilliseconds(),
        };
        if (await statements.FirstAsync<long>(transaction, MailSql.CountPlainBounces, parameters, cancellationToken).ConfigureAwait(false) > 0)
        {
            await AddAsync(transaction, row, SuppressionReason.HardBounce, source, note, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task AddAsync(
        DbTransaction transaction, Suppression entry, byte[] hash, string? logId, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            MailSql.SaveSuppression,
            new
            {
                id = Ids.New(clock), tenant = entry.Tenant, scope = entry.Scope, hash, address = entry.Address, reason = entry.Reason.WireName(),
                source = entry.Source, logId, note = entry.Note, now = clock.UnixMs(), expires = entry.ExpiresAt?.ToUnixTimeMilliseconds(),
            },
            cancellationToken);

    public Task<long> CountAsync(DbTransaction transaction, string tenant, byte[] hash, string scope, CancellationToken cancellationToken) =>
        statements.FirstAsync<long>(transaction, MailSql.CountSuppressions, new { tenant, hash, scope }, cancellationToken);

    /// <summary>A mail to the address bounced or drew a complaint.</summary>
    public Task AddAsync(
        DbTransaction transaction, MailRow row, SuppressionReason reason, string source, string? note, CancellationToken cancellationToken) =>
        AddAsync(transaction, row, row.ToAddr, row.ToHash, reason, source, note, cancellationToken);

    /// <summary>Whether a refused recipient is another one than the mail is addressed to.</summary>
    public bool IsCopy(MailRow row, string recipient) =>
        (row.Cc is not null || row.Bcc is not null) && !hashes.Of(row.TenantId, recipient).AsSpan().SequenceEqual(row.ToHash);

    /// <summary>The address of a copy bounced or complained. Of an address that is none of the mail's nothing is kept.</summary>
    public async Task AddCopyAsync(
        DbTransaction transaction, MailRow row, string recipient, SuppressionReason reason, string source, string? note,
        CancellationToken cancellationToken)
    {
        var refused = hashes.Of(row.TenantId, recipient);
        foreach (var (address, hash) in Hashed(row, row.Cc).Concat(Hashed(row, row.Bcc)))
        {
            if (hash.AsSpan().SequenceEqual(refused))
            {
                await AddAsync(
                    transaction, row, MailIdentity.AddressOf(address), hash, reason, source, note, cancellationToken)
                    .ConfigureAwait(false);
                return;
            }
        }
    }

    private Task AddAsync(
        DbTransaction transaction, MailRow row, string address, byte[] hash, SuppressionReason reason, string source, string? note,
        CancellationToken cancellationToken) =>
        AddAsync(
            transaction,
            new Suppression
            {
                Address = address, Reason = reason, Source = source, Note = note is { Length: > 500 } ? note[..500] : note, Tenant = row.TenantId,
                ExpiresAt = reason == SuppressionReason.HardBounce ? clock.GetUtcNow() + options.Value.HardBounceKept : null,
            },
            hash,
            row.Id,
            cancellationToken);

    public static string Describe(Suppression entry) =>
        $"The address is on the suppression list ({entry.Reason.WireName()}, {(entry.Scope == Suppression.Everything ? "for everything" : $"for {entry.Scope}")}).";

    private sealed class SoftBounces
    {
        public long Count { get; set; }

        public long? First { get; set; }
    }
}
