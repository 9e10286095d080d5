namespace Jamail.Queueing;

/// <summary>One thing that is wrong with what a caller gave.</summary>
/// <param name="Field">Which part of the input, as the caller wrote it: <c>url</c>, <c>events[2]</c>, <c>payload/total</c>.</param>
/// <param name="Rule">What was given and the rule it breaks; never a secret.</param>
/// <param name="Fix">What to give instead.</param>
public sealed record InputProblem(string Field, string Rule, string Fix)
{
    /// <summary>For a source text: the line; 1 is the first. <see langword="null"/> otherwise.</summary>
    public int? Line { get; init; }

    /// <summary>For a source text: the place in the line; 1 is the first character. <see langword="null"/> otherwise.</summary>
    public int? Column { get; init; }
}
