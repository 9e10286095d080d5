namespace Jamail.Mail.Scriban;

/// <summary>Adds templates in Scriban.</summary>
public static class ScribanMailBuilderExtensions
{
    /// <summary>Accepts templates with <c>engine: "scriban"</c>.</summary>
    /// <param name="mail">The e-mail pipeline.</param>
    /// <returns>The pipeline.</returns>
    public static MailBuilder AddScriban(this MailBuilder mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.AddTemplateEngine<ScribanEngine>();
    }
}
