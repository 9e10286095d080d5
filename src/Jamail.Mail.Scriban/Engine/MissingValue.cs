using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Jamail.Mail.Scriban;

/// <summary>Stands for what is not in the data: false, empty, and without members that are there.</summary>
internal sealed class MissingValue(string path, bool isAsked, MissingPaths missing) : ScriptObject
{
    public string Path => path;

    public bool IsAsked => isAsked;

    public bool HasMember { get; private set; }

    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        HasMember = true;
        value = missing.Add(TemplatePaths.Join(path, member), span.Start.Offset);
        return true;
    }
}
