namespace Jamail.Mail;

/// <summary>What was found in a template.</summary>
/// <param name="IsValid">Whether it can be published: there is no error.</param>
/// <param name="Findings">Errors and warnings.</param>
/// <param name="Variables">The variables it uses, as in <c>order.items[].price</c>.</param>
public sealed record TemplateReport(bool IsValid, IReadOnlyList<TemplateFinding> Findings, IReadOnlyList<string> Variables);
