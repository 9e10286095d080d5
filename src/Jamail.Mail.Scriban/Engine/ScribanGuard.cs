using Scriban.Syntax;

namespace Jamail.Mail.Scriban;

/// <summary>
/// Accepts the part of Scriban that cannot grow without bounds, tells the variables of a template, and where it only asks for them.
/// </summary>
internal sealed class ScribanGuard
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        nameof(ScriptPage), nameof(ScriptBlockStatement), nameof(ScriptRawStatement), nameof(ScriptEscapeStatement), nameof(ScriptExpressionStatement),
        nameof(ScriptIfStatement), nameof(ScriptElseStatement), nameof(ScriptEndStatement), nameof(ScriptForStatement), nameof(ScriptCaseStatement),
        nameof(ScriptWhenStatement), nameof(ScriptBreakStatement), nameof(ScriptContinueStatement), nameof(ScriptNopStatement),
        nameof(ScriptBinaryExpression), nameof(ScriptUnaryExpression), nameof(ScriptConditionalExpression), nameof(ScriptFunctionCall),
        nameof(ScriptPipeCall), nameof(ScriptIndexerExpression), nameof(ScriptMemberExpression), nameof(ScriptVariableGlobal), nameof(ScriptLiteral),
        nameof(ScriptNestedExpression), nameof(ScriptIsEmptyExpression), nameof(ScriptKeyword), nameof(ScriptToken), nameof(ScriptIdentifier),
        nameof(ScriptArrayInitializerExpression), nameof(ScriptNamedArgument), nameof(ScriptArgumentBinary), "ScriptList", "ScriptList`1",
    };

    private readonly List<TemplateProblem> _problems = [];
    private readonly List<string> _paths = [];
    private readonly List<(int Start, int End)> _asked = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<TemplateProblem> Problems => _problems;

    public IReadOnlyList<string> Paths => [.. _paths.Distinct()];

    public IReadOnlyList<(int Start, int End)> Asked => _asked;

    public void Visit(ScriptNode? node)
    {
        switch (node)
        {
            case null:
                return;
            case ScriptForStatement loop:
                VisitLoop(loop);
                return;
            case ScriptIfStatement { Condition: { } condition }:
                _asked.Add((condition.Span.Start.Offset, condition.Span.End.Offset));
                break;
            case ScriptConditionalExpression { Condition: { } condition }:
                _asked.Add((condition.Span.Start.Offset, condition.Span.End.Offset));
                break;
            case ScriptBinaryExpression { Operator: ScriptBinaryOperator.EmptyCoalescing, Left: { } left }:
                _asked.Add((left.Span.Start.Offset, left.Span.End.Offset));
                break;
            case ScriptBinaryExpression { Operator: ScriptBinaryOperator.ShiftLeft or ScriptBinaryOperator.ShiftRight or ScriptBinaryOperator.Power }:
                Report(node, "This operator is not available; give the finished value as a variable.");
                break;
            case ScriptMemberExpression or ScriptVariableGlobal:
                Name((ScriptExpression)node);
                return;
        }

        if (!Allowed.Contains(node.GetType().Name))
        {
            Report(node, $"'{Word(node)}' is not available; give the finished value as a variable.");
            return;
        }

        for (var i = 0; i < node.ChildrenCount; i++)
        {
            Visit(node.GetChildren(i));
        }
    }

    private void VisitLoop(ScriptForStatement loop)
    {
        Visit(loop.Iterator);
        if (loop.Variable is not ScriptVariable variable)
        {
            Report(loop, "A loop names one variable, as in {{ for item in items }}.");
            return;
        }

        var outer = _names.GetValueOrDefault(variable.Name);
        _names[variable.Name] = $"{PathOf(loop.Iterator)}[]";
        Visit(loop.Body);
        Visit(loop.Else);
        if (outer is null)
        {
            _names.Remove(variable.Name);
        }
        else
        {
            _names[variable.Name] = outer;
        }
    }

    private void Name(ScriptExpression expression)
    {
        if (expression is ScriptMemberExpression { Target: not (ScriptVariableGlobal or ScriptMemberExpression) } member)
        {
            Visit(member.Target);
            return;
        }

        var path = PathOf(expression);
        var root = path.Split('.')[0];
        if (root is "for" || _names.ContainsValue(path))
        {
            return;
        }

        if (ScribanFunctions.IsNamespace(root) || ScribanFunctions.IsFunction(path))
        {
            if (!ScribanFunctions.IsFunction(path))
            {
                Report(expression, $"The function '{path}' is not available. Available are: {ScribanFunctions.All}.");
            }

            return;
        }

        _paths.Add(path);
    }

    private string PathOf(ScriptNode? node) => node switch
    {
        ScriptVariable variable => _names.GetValueOrDefault(variable.Name, variable.Name),
        ScriptMemberExpression { Member: { } member } expression => TemplatePaths.Join(PathOf(expression.Target), member.Name),
        ScriptIndexerExpression indexer => $"{PathOf(indexer.Target)}[]",
        ScriptNestedExpression nested => PathOf(nested.Expression),
        _ => "",
    };

    private void Report(ScriptNode node, string message) => _problems.Add(ScribanEngine.Problem(node.Span, message));

    private static string Word(ScriptNode node) =>
        node.GetType().Name.Replace("Script", "", StringComparison.Ordinal).Replace("Statement", "", StringComparison.Ordinal)
            .Replace("Expression", "", StringComparison.Ordinal).ToLowerInvariant();
}
