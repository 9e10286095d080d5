using Jamail.Mail;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>The e-mails of a batch: those that can be handed in, and what is wrong with the others.</summary>
internal static class EmailBatchReading
{
    public const int MaxEmails = 500;

    private const string Header = "Idempotency-Key";

    public static (IReadOnlyList<EmailMessage> Messages, SortedDictionary<int, IReadOnlyList<InputProblem>> Misread) Read(
        EmailBatchRequest batch, string tenant)
    {
        var messages = new List<EmailMessage>();
        var misread = new SortedDictionary<int, IReadOnlyList<InputProblem>>();
        var emails = batch.Emails ?? [];
        for (var i = 0; i < emails.Count; i++)
        {
            var fields = new RequiredFields();
            var message = (emails[i] ?? new EmailRequest()).ToMessage(tenant, fields);
            if (fields.Problems.Count == 0)
            {
                messages.Add(message);
            }
            else
            {
                misread[i] = fields.Problems;
            }
        }

        return (messages, misread);
    }

    /// <summary>Puts the e-mails that could not be handed in back in their places.</summary>
    public static EmailBatchResult Merge(EmailBatchResult result, SortedDictionary<int, IReadOnlyList<InputProblem>> misread)
    {
        var items = result.Items.ToList();
        foreach (var (index, problems) in misread)
        {
            items.Insert(index, new EmailBatchItem(null, problems));
        }

        return result with { Items = items };
    }

    /// <summary>A problem of a message, alone or in a batch, named by the pointer of its field in the request.</summary>
    public static InputProblem InRequest(InputProblem problem)
    {
        if (problem.Field == "idempotencyKey")
        {
            return problem with { Field = Header };
        }

        var end = problem.Field.StartsWith("emails[", StringComparison.Ordinal) ? problem.Field.IndexOf("].", StringComparison.Ordinal) : -1;
        return end < 0
            ? Pointers.In(EmailRequest.InRequest(problem))
            : problem with { Field = Pointers.Of($"{problem.Field[..(end + 2)]}{EmailRequest.InRequest(problem with { Field = problem.Field[(end + 2)..] }).Field}") };
    }
}
