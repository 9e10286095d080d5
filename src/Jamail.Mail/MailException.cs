namespace Jamail.Mail;

/// <summary>A call to the mail package was refused; nothing of it was done.</summary>
public sealed class MailException : Exception
{
    /// <summary>Reports a refusal.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">What was refused, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public MailException(MailError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>Reports breaches of rules.</summary>
    /// <param name="problems">All of them; at least one.</param>
    public MailException(IReadOnlyList<MailProblem> problems)
        : base(string.Join(" ", problems.Select(problem => $"{problem.Field}: {problem.Rule} {problem.Fix}")))
    {
        Error = MailError.Invalid;
        Problems = problems;
    }

    /// <summary>Why the call was refused.</summary>
    public MailError Error { get; }

    /// <summary>Every breach, for <see cref="MailError.Invalid"/>; otherwise empty.</summary>
    public IReadOnlyList<MailProblem> Problems { get; } = [];
}
