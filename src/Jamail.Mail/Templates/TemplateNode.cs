namespace Jamail.Mail;

/// <summary>What a source is made of, as far as data matters.</summary>
internal abstract record TemplateNode
{
    private TemplateNode() { }

    public sealed record Output(TemplatePath Path) : TemplateNode;

    /// <param name="Kind">if, unless, each or with.</param>
    /// <param name="Path">What it tests or opens.</param>
    /// <param name="Names">Block parameters: the item, then its index or key.</param>
    /// <param name="Body">Up to {{else}} or the end.</param>
    /// <param name="Inverse">Behind {{else}}.</param>
    public sealed record Block(
        string Kind, TemplatePath Path, IReadOnlyList<string> Names, List<TemplateNode> Body, List<TemplateNode> Inverse) : TemplateNode;
}
