using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>What the package says in logs; ids 2001 to 2499. Addresses, subjects and content are never logged.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Debug, Message = "Mail {MailId}: attempt {Attempt} ended as {Status}: {Reason}")]
    public static partial void AttemptEnded(this ILogger logger, string mailId, int attempt, EmailStatus status, string reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error,
        Message = "Mail {MailId}: the result of its attempt cannot be stored ({Reason}); tried again in {WaitMs} ms")]
    public static partial void ResultWaits(this ILogger logger, string mailId, string reason, double waitMs);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning,
        Message = "Mail {MailId}: what the mail server answered cannot be noted in Redis ({Reason}); its row is written all the same")]
    public static partial void MarkFailed(this ILogger logger, string mailId, string reason);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning,
        Message = "Mail {MailId}: its worker is gone, and whether it left a mark in Redis cannot be read ({Reason}); it is looked for again")]
    public static partial void MarkUnread(this ILogger logger, string mailId, string reason);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error,
        Message = "Mail {MailId} of category {Category}: in doubt for the second time; it is not sent again by itself and waits for somebody to resolve it")]
    public static partial void SecondDoubt(this ILogger logger, string mailId, string category);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning,
        Message = "Mail {MailId}: neither the database nor Redis takes what the mail server answered; it is kept in {Folder} until they do")]
    public static partial void ResultJournalled(this ILogger logger, string mailId, string folder);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Error,
        Message = "Mail {MailId}: what the mail server answered cannot be kept in {Folder} either; if this process ends now, the mail is in doubt")]
    public static partial void JournalFailed(this ILogger logger, string mailId, string folder, Exception fault);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Warning,
        Message = "What mail servers answered stands in {Folder} and cannot be brought to the database yet ({Reason}); tried again at the next sweep")]
    public static partial void JournalWaits(this ILogger logger, string folder, string reason);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error,
        Message = "Mail server {Provider} fails and is left alone for a while: {Reason}")]
    public static partial void ProviderLeftAlone(this ILogger logger, string provider, string reason);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Information, Message = "Mail server {Provider} serves again")]
    public static partial void ProviderBack(this ILogger logger, string provider);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Warning,
        Message = "Fail-over: a mail goes by {Instead} because {Provider} does not serve: {Reason}")]
    public static partial void FailedOver(this ILogger logger, string provider, string instead, string reason);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Warning,
        Message = "Nobody could be told by an event that mail server {Provider} does not serve")]
    public static partial void AlertFailed(this ILogger logger, string provider, Exception fault);

    [LoggerMessage(EventId = 2015, Level = LogLevel.Error,
        Message = "Mail server {Provider} does not take mails whose sender is in {Domain}; see the attempts of mail {MailId}. Told once an hour")]
    public static partial void SenderRefused(this ILogger logger, string provider, string domain, string mailId);

    [LoggerMessage(EventId = 2016, Level = LogLevel.Error,
        Message = "{Domain} blocks mails: {Blocked} of the last {Count} within the hour were refused by its policy. Told once an hour")]
    public static partial void DomainBlocks(this ILogger logger, string domain, int blocked, int count);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning,
        Message = "Mail {MailId}: its old job stays in the queue ({Reason}); workers of Jamail ignore it, others would send the mail")]
    public static partial void JobStays(this ILogger logger, string mailId, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning,
        Message = "Bulk mails that are held back wait longer: {Reason}")]
    public static partial void BulkWaits(this ILogger logger, string reason);

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning,
        Message = "Template {Key} was not compared with {Model} ({Reason}); e-mails by it are checked when they are accepted")]
    public static partial void TemplateUnchecked(this ILogger logger, string key, string model, string reason);

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning,
        Message = "SANDBOX: no mail leaves this machine. Every mail is kept as a file in {Folder}. Set Jamail:Mail:Smtp:Host to send mails")]
    public static partial void MailsAreKept(this ILogger logger, string folder);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning,
        Message = "REDIRECT: no mail goes to its recipient. Every mail goes to {Address} (Jamail:Mail:RedirectTo). Set Jamail:Mail:Mode to Live to send mails")]
    public static partial void MailsAreRedirected(this ILogger logger, string address);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Warning,
        Message = "ALLOW LIST: mails go only to the {Count} addresses and domains in Jamail:Mail:AllowedRecipients; all others end as suppressed. Set Jamail:Mail:Mode to Live to send mails")]
    public static partial void MailsAreFiltered(this ILogger logger, int count);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "Mails are sent by {Transport}")]
    public static partial void MailsAreSent(this ILogger logger, string transport);
}
