namespace Jamail.Mail;

/// <summary>Why a template source cannot be used.</summary>
/// <param name="Line">The first line is 1.</param>
/// <param name="Column">The first character of a line is 1.</param>
/// <param name="Message">What is wrong there, and what to do.</param>
public sealed record TemplateProblem(int Line, int Column, string Message);
