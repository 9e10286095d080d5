using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jamail.Mail;

/// <summary>Fills a template with a model, and sends.</summary>
internal sealed class MailTemplate<TModel>(string key, JsonTypeInfo<TModel> json, IMailer mailer) : IMailTemplate<TModel>
{
    public string Key => key;

    public Task<EmailId> SendAsync(string to, TModel model, DbTransaction? transaction, CancellationToken cancellationToken) =>
        SendAsync(new EmailMessage { To = to }, model, transaction, cancellationToken);

    public Task<EmailId> SendAsync(EmailMessage mail, TModel model, DbTransaction? transaction, CancellationToken cancellationToken) =>
        mailer.SendAsync(
            mail with { Template = key, Variables = JsonSerializer.SerializeToElement(model, json) }, transaction, cancellationToken);
}
