using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Checks what is to become a template, completely, before anything of it is stored.</summary>
internal static class TemplateDrafts
{
    /// <returns>The category.</returns>
    /// <exception cref="InvalidInputException">All that is wrong.</exception>
    public static string Check(EmailTemplateDraft draft, TemplateEngines engines)
    {
        var category = draft.Category ?? MailDefaults.Category;
        var problems = new List<InputProblem?>
        {
            MailInput.Name("name", draft.Name, 200),
            MailInput.Name("category", category, 100),
            MailInput.Body("subject", draft.Subject),
            MailInput.Body("html", draft.Html),
            draft.Text is null ? null : MailInput.Body("text", draft.Text),
            draft.Key is null || TemplateKeys.IsKey(draft.Key)
                ? null
                : new InputProblem(
                    "key",
                    $"'{draft.Key}' is no key: it must have 1 to 100 lower-case letters, digits, '-', '.' or '_', begin with a letter or digit, and be no UUID.",
                    "Choose another key, such as 'welcome'."),
        }.OfType<InputProblem>().ToList();
        if (problems.Count == 0)
        {
            engines.Parse(draft.Engine ?? TemplateEngines.DefaultEngine, draft.Subject, draft.Html, draft.Text, problems);
        }

        return problems.Count == 0 ? category : throw new InvalidInputException(problems);
    }
}
