using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The content of a message that has no template.</summary>
internal static class OwnContent
{
    public static RenderedEmail Of(EmailMessage mail, List<InputProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(mail.Subject))
        {
            problems.Add(new InputProblem("subject", "It is empty.", "Give a subject, or a template."));
        }
        else if (mail.Subject.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            problems.Add(new InputProblem("subject", "It holds a line break or a NUL.", "Give one line."));
        }
        else if (SubjectLine.Clean(mail.Subject, out var refused) is var _ && refused is not null)
        {
            problems.Add(new InputProblem("subject", refused, "Give a shorter subject."));
        }

        if (string.IsNullOrWhiteSpace(mail.Html))
        {
            problems.Add(new InputProblem("html", "It is empty.", "Give HTML content, or a template."));
        }

        return new RenderedEmail(mail.Subject ?? "", mail.Html ?? "", mail.Text is { } text ? FlowedText.Fixed(text) : HtmlText.Of(mail.Html ?? ""));
    }

    /// <summary>What any content must be, whoever made it.</summary>
    public static void Check(RenderedEmail content, List<InputProblem> problems) => problems.AddRange(
        new[]
        {
            MailInput.Characters("subject", content.Subject), MailInput.Body("html", content.Html), MailInput.Body("text", content.Text),
        }.OfType<InputProblem>());
}
