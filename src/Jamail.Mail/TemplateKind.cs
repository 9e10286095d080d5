namespace Jamail.Mail;

/// <summary>What a template source makes, which decides how values are written into it.</summary>
public enum TemplateKind
{
    /// <summary>HTML: values are escaped.</summary>
    Html,

    /// <summary>Plain text or a subject: values are written as they are, without control characters.</summary>
    Text,
}
