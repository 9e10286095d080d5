using System.Data.Common;

namespace Jamail.Mail;

/// <summary>The mailer that applications see; the work is done by the parts of this folder.</summary>
internal sealed class Mailer(MailAcceptance acceptance, MailBatches batches, MailSteering steering, BatchSteering batchSteering) : IMailer
{
    public async Task<EmailId> SendAsync(EmailMessage mail, DbTransaction? transaction, CancellationToken cancellationToken) =>
        (await acceptance.AcceptAsync(mail, transaction, cancellationToken).ConfigureAwait(false)).Id;

    public Task<AcceptedEmail> AcceptAsync(EmailMessage mail, DbTransaction? transaction, CancellationToken cancellationToken) =>
        acceptance.AcceptAsync(mail, transaction, cancellationToken);

    public Task<EmailBatchResult> SendManyAsync(EmailBatch batch, DbTransaction? transaction, CancellationToken cancellationToken) =>
        batches.AcceptAsync(batch, transaction, cancellationToken);

    public Task CancelAsync(EmailId id, string tenant, CancellationToken cancellationToken) =>
        steering.CancelAsync(id, tenant, cancellationToken);

    public Task<EmailBatchCancellation> CancelBatchAsync(string batchId, string tenant, CancellationToken cancellationToken) =>
        batchSteering.CancelAsync(batchId, tenant, cancellationToken);

    public Task RescheduleAsync(EmailId id, DateTimeOffset at, string tenant, CancellationToken cancellationToken) =>
        steering.RescheduleAsync(id, at, tenant, cancellationToken);

    public Task<AcceptedEmail> ResendAsync(EmailId id, EmailResend resend, CancellationToken cancellationToken) =>
        steering.ResendAsync(id, resend, cancellationToken);
}
