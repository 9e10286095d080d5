namespace Jamail.Mail;

/// <summary>A transport to a mail server of its own, as settings name it.</summary>
internal interface ISmtpTransport : IEmailTransport, IAsyncDisposable;
