namespace Jamail.Mail;

/// <summary>A template source that was read by its engine. Immutable; may be rendered by many threads at once.</summary>
public interface IParsedTemplate
{
    /// <summary>What it makes.</summary>
    TemplateKind Kind { get; }

    /// <summary>The variables it uses, as in <c>order.items[].price</c>.</summary>
    IReadOnlyList<string> Paths { get; }
}
