namespace Jamail.Mail;

/// <summary>Something in a template that is wrong, or that its author may not mean.</summary>
/// <param name="IsError">Whether it keeps the template from being published.</param>
/// <param name="Field">Where: <c>html</c>, <c>fr.subject</c>, …</param>
/// <param name="Message">What it is, and what to do.</param>
public sealed record TemplateFinding(bool IsError, string Field, string Message);
