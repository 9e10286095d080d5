using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Jamail.Mail.Scriban;

/// <summary>A JSON object as templates see it; every look counts.</summary>
internal sealed class DataObject(string path, MissingPaths missing, TemplateBudget budget) : ScriptObject
{
    public string Path => path;

    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        budget.Step();
        if (base.TryGetValue(context, span, member, out value))
        {
            return true;
        }

        // The root is asked before the functions are: what it lacks may be one of them.
        if (path.Length == 0)
        {
            return false;
        }

        value = missing.Add(TemplatePaths.Join(path, member), span.Start.Offset);
        return true;
    }
}
