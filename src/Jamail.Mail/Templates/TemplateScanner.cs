using System.Text;

namespace Jamail.Mail;

/// <summary>
/// Reads a source before the engine does: accepts the part of Handlebars that is safe with foreign sources, says with line and
/// column what is not, and writes it anew in that part, so that no tag means one thing here and another there.
/// </summary>
internal sealed class TemplateScanner(string source)
{
    private readonly List<TemplateProblem> _problems = [];
    private readonly StringBuilder _output = new(source.Length);
    private readonly Stack<OpenBlock> _open = new();
    private readonly List<TemplateNode> _root = [];
    private int _tags;

    public IReadOnlyList<TemplateProblem> Problems => _problems;

    public IReadOnlyList<TemplateNode> Nodes => _root;

    /// <summary>The same template, with no tag that was not understood here.</summary>
    public string Canonical => _output.ToString();

    private List<TemplateNode> Current =>
        !_open.TryPeek(out var block) ? _root : block.InInverse ? block.Node.Inverse : block.Node.Body;

    public void Scan()
    {
        var position = 0;
        while (source.IndexOf("{{", position, StringComparison.Ordinal) is var start and >= 0)
        {
            var slashes = start;
            while (slashes > position && source[slashes - 1] == '\\')
            {
                slashes--;
            }

            var tag = TemplateTag.Read(source, start);
            if (tag.Problem is { } problem)
            {
                Report(start, problem);
                return;
            }

            _output.Append(source, position, start - position);
            position = tag.End;
            if (start - slashes == 1)
            {
                // \{{…}} is text.
                _output.Append(source, start, tag.End - start);
            }
            else if (++_tags > TemplateLimits.Tags)
            {
                Report(start, $"This is tag {_tags}; a template may have {TemplateLimits.Tags}. Split it, or use {{{{#each}}}}.");
                return;
            }
            else
            {
                _output.Append(tag.IsComment ? tag.Write("! ") : tag.Write(tag.Body));
                if (!tag.IsComment && !Accept(tag, start))
                {
                    return;
                }
            }
        }

        _output.Append(source, position, source.Length - position);
        foreach (var block in _open.Reverse())
        {
            Report(block.Position, $"{{{{#{block.Node.Kind}}}}} is never closed; add {{{{/{block.Node.Kind}}}}}.");
        }
    }

    /// <summary>False when reading on makes no sense.</summary>
    private bool Accept(TemplateTag tag, int start)
    {
        if (TemplateSyntax.FindUnsupported(tag) is { } problem)
        {
            Report(start, problem);
            return true;
        }

        var words = tag.Body.TrimStart('#', '/').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (tag.Body)
        {
            case ['#', ..]:
                return Open(words, start);
            case ['/', ..]:
                return Close(words, start);
            default:
                if (words[0] == "else")
                {
                    Else(words, start);
                }
                else if (ReadPath(words[0] == TemplateSyntax.UrlQuery ? words[1] : tag.Body, start) is { } path)
                {
                    Current.Add(new TemplateNode.Output(path));
                }

                return true;
        }
    }

    private bool Open(string[] words, int start)
    {
        var names = TemplateSyntax.CutNames(ref words, out var problem);
        if (problem is not null || words.Length != 2)
        {
            Report(start, problem ?? $"{{{{#{words[0]}}}}} takes exactly one variable, as in {{{{#{words[0]} order.items}}}}.");
        }

        var path = words.Length > 1 ? ReadPath(words[1], start) : null;
        if (path?.Start == TemplatePathStart.Loop && words[0] is "each" or "with" && path is { Start: TemplatePathStart.Loop })
        {
            Report(start, $"{{{{#{words[0]} {words[1]}}}}} has nothing to open; give a variable of the data.");
        }

        path ??= new TemplatePath("?", 0, TemplatePathStart.Name, ["?"]);
        var block = new TemplateNode.Block(words[0], path, names, [], []);
        Current.Add(block);
        _open.Push(new OpenBlock(block, start));
        if (_open.Count > TemplateLimits.Nesting)
        {
            Report(start, $"Blocks are nested more than {TemplateLimits.Nesting} deep; flatten the template.");
            return false;
        }

        return true;
    }

    private bool Close(string[] words, int start)
    {
        if (!_open.TryPop(out var block))
        {
            Report(start, $"{{{{/{words[0]}}}}} closes nothing; remove it or add {{{{#{words[0]} …}}}} before it.");
            return false;
        }

        while (block.IsChained)
        {
            block = _open.Pop();
        }

        if (block.Node.Kind != words[0] || words.Length != 1)
        {
            var (line, column) = Locate(block.Position);
            Report(start, $"{{{{/{string.Join(' ', words)}}}}} closes {{{{#{block.Node.Kind}}}}} of line {line}, column {column}; write {{{{/{block.Node.Kind}}}}}.");
            return false;
        }

        return true;
    }

    private void Else(string[] words, int start)
    {
        if (!_open.TryPeek(out var block) || block.InInverse)
        {
            Report(start, block is null ? "{{else}} stands in no block." : "The block has an {{else}} already.");
            return;
        }

        if (words.Length > 1 && (words.Length != 3 || words[1] != "if" || block.Node.Kind is not ("if" or "unless")))
        {
            Report(start, "Behind else only 'if' and one variable may stand, within {{#if}} or {{#unless}}.");
            return;
        }

        block.InInverse = true;
        if (words.Length == 3 && ReadPath(words[2], start) is { } path)
        {
            var chained = new TemplateNode.Block("if", path, [], [], []);
            block.Node.Inverse.Add(chained);
            _open.Push(new OpenBlock(chained, start) { IsChained = true });
        }
    }

    private TemplatePath? ReadPath(string text, int start)
    {
        if (TemplateSyntax.FindPathProblem(text) is { } problem)
        {
            Report(start, problem);
            return null;
        }

        return TemplatePath.TryParse(text, out var path) ? path : null;
    }

    private void Report(int position, string message)
    {
        var (line, column) = Locate(position);
        _problems.Add(new TemplateProblem(line, column, message));
    }

    private (int Line, int Column) Locate(int position)
    {
        var before = source.AsSpan(0, position);
        return (before.Count('\n') + 1, position - before.LastIndexOf('\n'));
    }

    private sealed class OpenBlock(TemplateNode.Block node, int position)
    {
        public TemplateNode.Block Node { get; } = node;

        public int Position { get; } = position;

        public bool InInverse { get; set; }

        /// <summary>Opened by {{else if}}; ends with the block around it.</summary>
        public bool IsChained { get; init; }
    }
}
