namespace Jamail.Mail;

/// <summary>What a part of templates is. The numbers are those stored.</summary>
public enum TemplatePartKind
{
    /// <summary>Stands around the content of templates.</summary>
    Layout = 2,

    /// <summary>Stands within templates, layouts and other partials.</summary>
    Partial = 3,
}
