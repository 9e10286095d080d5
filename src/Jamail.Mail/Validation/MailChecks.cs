using System.Globalization;
using System.Text.RegularExpressions;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>What the fields of a message must be, its addresses and its content apart.</summary>
internal sealed partial class MailChecks(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int MaxHeaders = 20;
    private const int MaxTags = 10;
    private const int MaxMetadata = 20;
    private const int MaxFiles = 20;
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(366);

    public void Check(EmailMessage mail, List<InputProblem> problems)
    {
        Add(problems, mail.Category is null ? null : MailInput.Name("category", mail.Category, 100));
        Add(problems, MailInput.Name("tenant", mail.Tenant, 100));
        if (mail.Template is not null && (mail.Subject ?? mail.Html ?? mail.Text) is not null)
        {
            problems.Add(new InputProblem(
                "template", "A template and a subject or content of its own are both given.", "Give one or the other."));
        }

        Add(problems, mail.Template is null ? null : MailInput.Name("template", mail.Template, 200));
        if (mail.Template is null && (mail.TemplateVersion is not null || mail.Variables is not null))
        {
            problems.Add(new InputProblem("template", "It is missing, and a version or variables of one are given.", "Name the template, or leave them out."));
        }

        if (mail.Locale is not null && !Locale().IsMatch(mail.Locale))
        {
            problems.Add(new InputProblem("locale", $"'{MailInput.Shown(mail.Locale)}' is no language tag.", "Give one such as 'fr' or 'fr-CA'."));
        }

        if (mail.Priority is < 0 or > 2_097_151)
        {
            problems.Add(new InputProblem("priority", $"It is {mail.Priority} but must be 0 to 2,097,151.", "Give 0 for what goes first."));
        }

        CheckDedupe(mail, problems);
        CheckTimes(mail, problems);
        CheckHeaders(mail.Headers, problems);
        CheckNotes(mail, problems);
        CheckFiles(mail.Attachments, problems);
    }

    private static void CheckDedupe(EmailMessage mail, List<InputProblem> problems)
    {
        if (mail.DedupeKey is { } key && !IdempotencyScope.IsKey(key))
        {
            problems.Add(new InputProblem(
                "dedupeKey",
                $"It has {key.Length} characters or holds one that is not visible ASCII.",
                $"Give 1 to {IdempotencyScope.MaxKeyLength} visible ASCII characters, as in 'password-4711'."));
        }

        if (mail.DedupeWindow is { } window && (window < TimeSpan.FromSeconds(1) || window > TimeSpan.FromHours(24)))
        {
            problems.Add(new InputProblem(
                "dedupeWindow",
                string.Create(CultureInfo.InvariantCulture, $"It is {window.TotalSeconds:0.###} seconds but must be 1 to 86400."),
                "Give a time in that range, or leave it out for a minute."));
        }
        else if (mail.DedupeWindow is not null && mail.DedupeKey is null)
        {
            problems.Add(new InputProblem("dedupeKey", "It is missing, and a window for it is given.", "Give both, or neither."));
        }
    }

    private void CheckTimes(EmailMessage mail, List<InputProblem> problems)
    {
        var now = clock.GetUtcNow();
        if (mail.ScheduledAt > now + FarthestAhead)
        {
            problems.Add(new InputProblem("scheduledAt", $"It is more than {FarthestAhead.TotalDays} days ahead.", "Give an earlier time."));
        }

        if (mail.ExpiresAt > (mail.ScheduledAt > now ? mail.ScheduledAt : now) + FarthestAhead)
        {
            problems.Add(new InputProblem(
                "expiresAt", $"It is more than {FarthestAhead.TotalDays} days after the e-mail could be sent.", "Give an earlier time, or leave it out."));
        }

        if (mail.ExpiresAt <= now || mail.ExpiresAt <= mail.ScheduledAt)
        {
            problems.Add(new InputProblem(
                "expiresAt", "It is over before the e-mail could be sent.", "Give a time in the future and after scheduledAt, or leave it out."));
        }
    }

    private static void CheckHeaders(IReadOnlyDictionary<string, string> headers, List<InputProblem> problems)
    {
        if (headers.Count > MaxHeaders)
        {
            problems.Add(new InputProblem("headers", $"There are {headers.Count}; at most {MaxHeaders} are allowed.", "Send fewer."));
        }

        foreach (var (name, value) in headers)
        {
            var field = MailInput.Member("headers", name);
            Add(problems, EmailHeaderRules.FindProblem(name, value) is { } problem
                ? new InputProblem(field, problem, "Change or remove it.")
                : MailInput.Characters(field, value));
        }

        foreach (var twice in headers.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1))
        {
            problems.Add(new InputProblem(MailInput.Member("headers", twice.Key), $"'{MailInput.Shown(twice.Key)}' is given twice.", "Give it once."));
        }
    }

    private static void CheckNotes(EmailMessage mail, List<InputProblem> problems)
    {
        if (mail.Tags.Count > MaxTags)
        {
            problems.Add(new InputProblem("tags", $"There are {mail.Tags.Count}; at most {MaxTags} are allowed.", "Send fewer."));
        }

        for (var i = 0; i < mail.Tags.Count; i++)
        {
            if (!Tag().IsMatch(mail.Tags[i]))
            {
                problems.Add(new InputProblem(
                    Item("tags", i), $"'{MailInput.Shown(mail.Tags[i])}' is no tag.", "Give 1 to 64 letters, digits, '.', ':', '_' or '-'."));
            }
        }

        if (mail.Metadata.Count > MaxMetadata)
        {
            problems.Add(new InputProblem("metadata", $"There are {mail.Metadata.Count}; at most {MaxMetadata} are allowed.", "Send fewer."));
        }

        foreach (var (name, value) in mail.Metadata)
        {
            var field = MailInput.Member("metadata", name);
            Add(problems, MailInput.Name(field, name, 64));
            Add(problems, value.Length > 500
                ? new InputProblem(field, $"It has {value.Length} characters; at most 500 are allowed.", "Shorten it.")
                : MailInput.Characters(field, value));
        }
    }

    private void CheckFiles(IReadOnlyList<EmailAttachment> files, List<InputProblem> problems)
    {
        var total = files.Sum(file => (long)file.Content.Length);
        if (total > options.Value.MaxAttachmentBytes)
        {
            throw new MailException(
                MailError.TooLarge,
                $"The attachments have {total} bytes together; at most {options.Value.MaxAttachmentBytes} are allowed. Link to what is large.")
            {
                Field = "attachments",
            };
        }

        if (files.Count > MaxFiles)
        {
            problems.Add(new InputProblem("attachments", $"There are {files.Count}; at most {MaxFiles} are allowed.", "Send fewer."));
        }

        for (var i = 0; i < files.Count; i++)
        {
            var (file, field) = (files[i], Item("attachments", i));
            if (file.FileName.Length is 0 or > 200 || file.FileName.Any(c => char.IsControl(c) || c is '/' or '\\'))
            {
                problems.Add(new InputProblem($"{field}.fileName", "It is empty, too long, or holds a slash or a control character.", "Give 1 to 200 characters."));
            }

            Add(problems, MailInput.Characters($"{field}.fileName", file.FileName));
            if (file.ContentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(new InputProblem($"{field}.contentType", "A file has no parts of its own.", "Give what the file is, such as 'application/octet-stream'."));
            }
            else if (!MediaType().IsMatch(file.ContentType))
            {
                problems.Add(new InputProblem($"{field}.contentType", $"'{MailInput.Shown(file.ContentType)}' is no media type.", "Give one such as 'application/pdf'."));
            }

            if (file.ContentId is not null && !ContentId().IsMatch(file.ContentId))
            {
                problems.Add(new InputProblem(
                    $"{field}.contentId", $"'{MailInput.Shown(file.ContentId)}' is no content id.", "Give 1 to 100 letters, digits, '.', '_', '@' or '-'."));
            }

            if (file.ContentId is { } id && files.Take(i).Any(other => other.ContentId == id))
            {
                problems.Add(new InputProblem($"{field}.contentId", $"'{MailInput.Shown(id)}' is given twice.", "Give each file one of its own."));
            }

            if (file.Content.IsEmpty)
            {
                problems.Add(new InputProblem($"{field}.content", "It is empty.", "Give the file's bytes."));
            }
        }
    }

    public static bool IsLocale(string text) => Locale().IsMatch(text);

    private static string Item(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static void Add(List<InputProblem> problems, InputProblem? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex Locale();

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}\z")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"^[A-Za-z0-9._@-]{1,100}\z")]
    private static partial Regex ContentId();
}
