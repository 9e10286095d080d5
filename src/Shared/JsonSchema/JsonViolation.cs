namespace Jamail.Shared;

/// <summary>One place where a value breaks its schema.</summary>
/// <param name="Path">A JSON pointer; empty for the whole value.</param>
/// <param name="Rule">Which rule is broken. Does not show the value.</param>
internal sealed record JsonViolation(string Path, string Rule);
