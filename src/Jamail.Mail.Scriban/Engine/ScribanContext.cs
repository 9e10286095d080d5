using System.Collections;
using System.Globalization;
using System.Net;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Jamail.Mail.Scriban;

/// <summary>One rendering: Scriban's own limits below ours, and output that is escaped where it is HTML.</summary>
internal sealed class ScribanContext : TemplateContext
{
    private readonly TemplateKind _kind;
    private readonly TemplateBudget _budget;

    public ScribanContext(TemplateKind kind, MissingPaths missing, TemplateBudget budget)
        : base(ScribanFunctions.Create())
    {
        _kind = kind;
        _budget = budget;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedFunctionAccess = false;
        LoopLimit = 1_000;
        RecursiveLimit = 50;
        ObjectRecursionLimit = 10;
        LimitToString = 2 * TemplateLimits.Output; // Scriban cuts what is longer; our writer ends with an error before.
        RegexTimeOut = TimeSpan.FromMilliseconds(100);
        TemplateLoader = null;
        PushCulture(CultureInfo.InvariantCulture);
        TryGetVariable = (TemplateContext _, SourceSpan span, ScriptVariable variable, out object? value) =>
        {
            value = missing.Add(variable.Name, span.Start.Offset);
            return true;
        };
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        _budget.Step();
        switch (textAsObject)
        {
            case null or MissingValue:
                return this;
            case RawHtml raw:
                return Write(raw.Text);
            case DataObject data:
                throw new ScriptRuntimeException(span, $"'{data.Path}' is an object; name one of its members, as in {{{{ {data.Path}.name }}}}.");
            case DataArray list:
                throw new ScriptRuntimeException(span, $"'{list.Path}' is a list; write it with {{{{ for item in {list.Path} }}}}.");
        }

        var text = ObjectToString(textAsObject);
        return text is null ? this : Write(_kind == TemplateKind.Html ? WebUtility.HtmlEncode(text) : text);
    }

    public override string? ObjectToString(object? value, bool nested = false) =>
        value is MissingValue ? "" : base.ObjectToString(value, nested);

    public override bool ToBool(SourceSpan span, object? value) => value is not MissingValue && base.ToBool(span, value);

    public override IList? ToList(SourceSpan span, object? value) => value is MissingValue ? Array.Empty<object>() : base.ToList(span, value);

    protected override bool OnStepLoop(ScriptLoopStatementBase loop)
    {
        _budget.Step();
        return base.OnStepLoop(loop);
    }
}
