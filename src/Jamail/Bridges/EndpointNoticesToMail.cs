using System.Data.Common;
using System.Net;
using Jamail.Mail;
using Jamail.Webhooks;

namespace Jamail;

/// <summary>Tells the owner of an endpoint by e-mail that it fails, is disabled or works again, in the same transaction.</summary>
internal sealed class EndpointNoticesToMail(IMailer mailer) : IEndpointNotice
{
    public Task WriteAsync(EndpointNotice notice, DbTransaction transaction, CancellationToken cancellationToken) =>
        notice.OwnerEmail is { } owner
            ? mailer.SendAsync(Compose(notice, owner), transaction, cancellationToken)
            : Task.CompletedTask;

    private static EmailMessage Compose(EndpointNotice notice, string owner)
    {
        var what = notice.Kind switch
        {
            EndpointNoticeKind.Failing => $"has been failing since {notice.FailingSince:u} and will be disabled at {notice.DisabledAt:u} unless a request succeeds",
            EndpointNoticeKind.Disabled => "was disabled: what is published meanwhile is kept and can be recovered",
            EndpointNoticeKind.Gone => "answered 410: nothing more is sent to it",
            EndpointNoticeKind.Recovered => "works again",
            EndpointNoticeKind.Refused => "leads to an address that may not be called: its deliveries are given up unsent, and can be recovered once it leads elsewhere",
            _ => "is held up: a delivery that was given up stops those behind it",
        };
        var error = notice.Error is null ? "" : $" Last error: {notice.Error}";
        var text = $"Your webhook {notice.Url} ({notice.WebhookId}) {what}.{error}";
        return new EmailMessage
        {
            To = owner,
            Tenant = notice.Tenant,
            Category = "transactional",
            Tags = ["webhook-notice"],
            Subject = $"Webhook {new Uri(notice.Url).Host}: {notice.Kind.ToString().ToLowerInvariant()}",
            Html = $"<p>{WebUtility.HtmlEncode(text)}</p>",
            Text = text,
        };
    }
}
