namespace Jamail.Mail;

/// <summary>What reading a template source gave: a template, or all that is wrong with it.</summary>
/// <param name="Template">The template; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">All problems; empty when there is a template.</param>
public sealed record TemplateParse(IParsedTemplate? Template, IReadOnlyList<TemplateProblem> Problems);
