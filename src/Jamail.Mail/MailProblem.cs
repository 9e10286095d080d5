namespace Jamail.Mail;

/// <summary>One breach of a rule.</summary>
/// <param name="Field">What breaks it: a JSON pointer into the request, such as <c>/recipient</c> or <c>/variables/order/total</c>.</param>
/// <param name="Rule">What is wrong, with the value where it is short and no secret.</param>
/// <param name="Fix">What to do.</param>
public sealed record MailProblem(string Field, string Rule, string Fix)
{
    /// <summary>Where in a template source it is; 1 is the first line; <see langword="null"/> when not in a source.</summary>
    public int? Line { get; init; }

    /// <summary>Where in the line it is; 1 is the first character; <see langword="null"/> when not in a source.</summary>
    public int? Column { get; init; }
}
