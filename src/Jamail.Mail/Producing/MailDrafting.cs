using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Makes the row of a message: checks it, renders it, gives it its identity. Stores nothing.</summary>
internal sealed class MailDrafting(
    TemplateStore templates,
    TemplateRenderer renderer,
    MailAddressHash hashes,
    EmailCategories categories,
    IOptions<MailOptions> options,
    TimeProvider clock)
{
    private const int MaxHeaders = 20;

    /// <exception cref="InvalidInputException">All that is wrong.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    public async Task<MailRow> DraftAsync(EmailMessage mail, CancellationToken cancellationToken)
    {
        var problems = new List<InputProblem>();
        var to = Address("to", mail.To, problems);
        var from = Sender(mail.From ?? options.Value.From ?? MailDefaults.SandboxFrom, problems);
        var replyTo = mail.ReplyTo is null ? null : Address("replyTo", mail.ReplyTo, problems);
        Check(mail, problems);
        ThrowIfAny(problems);

        var template = mail.Template is null
            ? null
            : await templates.FindAsync(mail.Template, mail.Tenant, cancellationToken).ConfigureAwait(false)
                ?? throw TemplateStore.NotFound(mail.Template);
        var content = template is null ? Own(mail, problems) : renderer.Render(template, mail.Variables, cancellationToken);
        Check(content, problems);
        ThrowIfAny(problems);

        var id = Ids.New(clock);
        var now = clock.UnixMs();
        var category = mail.Category ?? template?.Category ?? MailDefaults.Category;
        var policy = await categories.PolicyOfAsync(category, mail.Tenant, cancellationToken).ConfigureAwait(false);
        return new MailRow
        {
            Id = id,
            TenantId = mail.Tenant,
            TemplateId = template?.Id,
            TemplateVersionId = template?.VersionId,
            TemplateKey = template?.Key,
            Category = category,
            Priority = policy.Priority,
            ExpiresAt = now + (long)policy.MaxAge.TotalMilliseconds,
            FromAddr = from!.ToString(), // ThrowIfAny: every address was read.
            ToAddr = to!.Address,
            ToHash = hashes.Of(mail.Tenant, to.Address),
            ToDomain = MailAddressHash.DomainOf(to.Address),
            ReplyTo = replyTo?.Address,
            Subject = content.Subject,
            MessageId = MailIdentity.MessageId(id, from.Address),
            Status = (int)EmailStatus.Queued,
            QueuedAt = now,
            JobState = OutboxJobState.Wanted,
            Html = content.Html,
            Text = content.Text,
            Headers = mail.Headers.Count == 0 ? null : JsonSerializer.Serialize(mail.Headers),
        };
    }

    private static void Check(EmailMessage mail, List<InputProblem> problems)
    {
        Add(problems, mail.Category is null ? null : MailInput.Name("category", mail.Category, 100));
        Add(problems, MailInput.Name("tenant", mail.Tenant, 100));
        if (mail.Template is not null && (mail.Subject ?? mail.Html ?? mail.Text) is not null)
        {
            problems.Add(new InputProblem(
                "template", "A template and a subject or content of its own are both given.", "Give one or the other."));
        }

        if (mail.Headers.Count > MaxHeaders)
        {
            problems.Add(new InputProblem("headers", $"There are {mail.Headers.Count}; at most {MaxHeaders} are allowed.", "Send fewer."));
        }

        foreach (var (name, value) in mail.Headers)
        {
            Add(problems, EmailHeaderRules.FindProblem(name, value) is { } problem
                ? new InputProblem("headers", problem, "Change or remove it.")
                : MailInput.Characters("headers", value));
        }
    }

    private static RenderedEmail Own(EmailMessage mail, List<InputProblem> problems)
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

        return new RenderedEmail(mail.Subject ?? "", mail.Html ?? "", mail.Text ?? HtmlText.Of(mail.Html ?? ""));
    }

    private static void Check(RenderedEmail content, List<InputProblem> problems)
    {
        Add(problems, MailInput.Characters("subject", content.Subject));
        Add(problems, MailInput.Body("html", content.Html));
        Add(problems, MailInput.Body("text", content.Text));
    }

    private static EmailAddress? Address(string field, string text, List<InputProblem> problems)
    {
        if (!EmailAddressParser.TryParse(text, out var address, out var problem))
        {
            problems.Add(new InputProblem(field, $"'{Shown(text)}' is no e-mail address: {problem}.", "Give one plain address, such as anna@example.com."));
        }

        return address;
    }

    private static EmailAddress? Sender(string text, List<InputProblem> problems)
    {
        if (!EmailAddressParser.TryParseWithName(text, out var address, out var problem))
        {
            problems.Add(new InputProblem("from", $"'{Shown(text)}' is no sender: {problem}.", "Give an address, or Name <address>."));
        }

        return address;
    }

    private static string Shown(string text)
    {
        var cut = text.Length > 100 ? text[..100] + "…" : text;
        return string.Concat(cut.Select(character => char.IsControl(character) ? '\ufffd' : character));
    }

    private static void Add(List<InputProblem> problems, InputProblem? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    private static void ThrowIfAny(List<InputProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }
    }
}
