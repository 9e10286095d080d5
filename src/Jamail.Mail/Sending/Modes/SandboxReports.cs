namespace Jamail.Mail;

/// <summary>In the sandbox, what recipients report after a mail was accepted.</summary>
internal sealed class SandboxReports(IEmailTransport transport, IMailReports reports)
{
    private const string Complaint = "complaint" + MagicRecipients.Domain;

    public async Task ReportAsync(MailRow row, CancellationToken cancellationToken)
    {
        if (transport is DevInboxTransport && row.ToAddr.Equals(Complaint, StringComparison.OrdinalIgnoreCase))
        {
            var report = new MailReport
            {
                Source = "sandbox", EventId = row.Id, Kind = MailReportKind.Complained, EmailId = row.Id, Detail = "Called spam (sandbox)",
            };
            await reports.TakeAsync(report, cancellationToken).ConfigureAwait(false);
        }
    }
}
