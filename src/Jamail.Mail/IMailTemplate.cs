using System.Data.Common;

namespace Jamail.Mail;

/// <summary>
/// A template together with the type of what it is filled with; registered by <see cref="MailBuilder.AddTemplate{TModel}"/>. When the host starts,
/// the members of the type are compared with what the template's current version needs; a difference ends the start.
/// </summary>
/// <typeparam name="TModel">What the template is filled with.</typeparam>
public interface IMailTemplate<in TModel>
{
    /// <summary>The template's key.</summary>
    string Key { get; }

    /// <summary>Sends an e-mail by the template, as <see cref="IMailer.SendAsync"/> does.</summary>
    /// <param name="to">The recipient.</param>
    /// <param name="model">What the template is filled with.</param>
    /// <param name="transaction">As for <see cref="IMailer.SendAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting. The e-mail may have been accepted.</param>
    /// <returns>The e-mail's id.</returns>
    Task<EmailId> SendAsync(string to, TModel model, DbTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Sends an e-mail that has more than a recipient.</summary>
    /// <param name="mail">Recipient, copies, files and the like; its template and variables are set here.</param>
    /// <param name="model">What the template is filled with.</param>
    /// <param name="transaction">As for <see cref="IMailer.SendAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting. The e-mail may have been accepted.</param>
    /// <returns>The e-mail's id.</returns>
    Task<EmailId> SendAsync(EmailMessage mail, TModel model, DbTransaction? transaction = null, CancellationToken cancellationToken = default);
}
