namespace Jamail.Queueing;

/// <summary>What a caller gave breaks one or more rules. Nothing was stored or sent.</summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>Reports everything that is wrong, at once.</summary>
    /// <param name="problems">At least one.</param>
    public InvalidInputException(params IReadOnlyList<InputProblem> problems)
        : base(string.Join(" ", problems.Select(problem => $"{problem.Field}: {problem.Rule} {problem.Fix}"))) =>
        Problems = [.. problems];

    /// <summary>Reports one wrong field.</summary>
    /// <param name="field">Which part of the input.</param>
    /// <param name="rule">What was given and the rule it breaks; never a secret.</param>
    /// <param name="fix">What to give instead.</param>
    public InvalidInputException(string field, string rule, string fix)
        : this(new InputProblem(field, rule, fix))
    {
    }

    /// <summary>All that is wrong, in the order of the input.</summary>
    public IReadOnlyList<InputProblem> Problems { get; }
}
