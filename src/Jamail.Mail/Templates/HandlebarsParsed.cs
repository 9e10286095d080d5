using HandlebarsDotNet;

namespace Jamail.Mail;

internal sealed class HandlebarsParsed(
    TemplateKind kind, IReadOnlyList<TemplateNode> nodes, HandlebarsTemplate<TextWriter, object, object> render) : IParsedTemplate
{
    public TemplateKind Kind => kind;

    public IReadOnlyList<string> Paths { get; } = TemplatePaths.Of(nodes);

    public IReadOnlyList<TemplateNode> Nodes => nodes;

    public HandlebarsTemplate<TextWriter, object, object> Render => render;
}
