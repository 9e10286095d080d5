using System.Globalization;
using HandlebarsDotNet;

namespace Jamail.Mail;

/// <summary>
/// Walks a template with its data before the engine renders it, and finds every variable that the data lacks. Only branches that
/// will be rendered are looked at; what an <c>if</c> or <c>unless</c> asks for may be missing.
/// </summary>
internal sealed class TemplateCheck(TemplateMap data, TemplateBudget budget)
{
    private readonly List<string> _missing = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<Place> _contexts = [new Place("", data, true)];
    private readonly List<string> _optional = [];
    private Dictionary<string, Place> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Missing => _missing;

    /// <exception cref="TemplateLimitException">A limit, or an object where a text is needed.</exception>
    public void Visit(IReadOnlyList<TemplateNode> nodes)
    {
        foreach (var node in nodes)
        {
            budget.Step();
            switch (node)
            {
                case TemplateNode.Output { Path.Start: not TemplatePathStart.Loop } output:
                    if (Find(output.Path, isOptional: false) is { Value: TemplateMap or TemplateList } odd)
                    {
                        throw new TemplateLimitException(odd.Value is TemplateMap
                            ? $"'{Show(odd)}' is an object; name one of its members, as in {{{{{output.Path.Text}.name}}}}."
                            : $"'{Show(odd)}' is a list; write it with {{{{#each {output.Path.Text}}}}}.");
                    }

                    break;
                case TemplateNode.Block { Kind: "if" or "unless" } block:
                    VisitChoice(block);
                    break;
                case TemplateNode.Block block:
                    VisitOpening(block);
                    break;
            }
        }
    }

    private void VisitChoice(TemplateNode.Block block)
    {
        if (block.Path.Start == TemplatePathStart.Loop)
        {
            // Either branch may come; the engine knows which.
            Visit(block.Body);
            Visit(block.Inverse);
            return;
        }

        var place = Find(block.Path, isOptional: true);
        _optional.Add(place.Path);
        var isTrue = place.Exists && HandlebarsUtils.IsTruthyOrNonEmpty(place.Value, false);
        Visit(isTrue == (block.Kind == "if") ? block.Body : block.Inverse);
        _optional.RemoveAt(_optional.Count - 1);
    }

    private void VisitOpening(TemplateNode.Block block)
    {
        var place = Find(block.Path, isOptional: false);
        if (!place.Exists)
        {
            // Whatever the body needs of it is missing too, and is told in the same breath.
            Enter(block, new Place(block.Kind == "each" ? place.Path + "[]" : place.Path, null, _optional.Exists(o => IsWithin(place.Path, o))));
            return;
        }

        if (block.Kind == "with")
        {
            if (HandlebarsUtils.IsTruthyOrNonEmpty(place.Value, false))
            {
                Enter(block, place);
            }
            else
            {
                Visit(block.Inverse);
            }

            return;
        }

        IEnumerable<object?> items = place.Value switch
        {
            TemplateList list => list,
            TemplateMap map => map.Select(member => member.Value),
            null or false => [],
            _ => throw new TemplateLimitException($"'{Show(place)}' is neither a list nor an object; {{{{#each}}}} cannot go through it."),
        };
        var any = false;
        foreach (var item in items)
        {
            any = true;
            Enter(block, new Place(place.Path + "[]", item, true));
        }

        if (!any)
        {
            Visit(block.Inverse);
        }
    }

    private void Enter(TemplateNode.Block block, Place place)
    {
        var outer = _names;
        if (block.Names.Count > 0)
        {
            _names = new Dictionary<string, Place>(outer, StringComparer.Ordinal) { [block.Names[0]] = place };
            if (block.Names.Count > 1)
            {
                _names[block.Names[1]] = new Place(block.Names[1], "", true);
            }
        }

        _contexts.Add(place);
        Visit(block.Body);
        _contexts.RemoveAt(_contexts.Count - 1);
        _names = outer;
    }

    private Place Find(TemplatePath path, bool isOptional)
    {
        var segments = path.Segments.AsEnumerable();
        Place place;
        if (path.Start == TemplatePathStart.Name && _names.TryGetValue(path.Segments[0], out var named))
        {
            place = named;
            segments = segments.Skip(1);
        }
        else if (path.Start == TemplatePathStart.Root)
        {
            place = _contexts[0];
        }
        else if (path.Ups >= _contexts.Count)
        {
            place = new Place(string.Concat(Enumerable.Repeat("../", path.Ups)).TrimEnd('/'), null, false);
        }
        else
        {
            place = _contexts[^(path.Ups + 1)];
        }

        foreach (var segment in segments)
        {
            budget.Step();
            place = Member(place, segment);
        }

        if (!place.Exists && !isOptional && !_optional.Exists(optional => IsWithin(place.Path, optional)) && _seen.Add(place.Path))
        {
            _missing.Add(place.Path);
        }

        return place;
    }

    private static Place Member(Place place, string name)
    {
        var path = TemplatePaths.Join(place.Path, name);
        return place.Value switch
        {
            TemplateMap map when map.TryGetValue(name, out var value) => new Place(path, value, true),
            TemplateList list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count =>
                new Place(path, list[index], true),
            _ => new Place(path, null, false),
        };
    }

    private static bool IsWithin(string path, string optional) =>
        path.StartsWith(optional, StringComparison.Ordinal) && (path.Length == optional.Length || path[optional.Length] is '.' or '[');

    private static string Show(Place place) => place.Path.Length == 0 ? "this" : place.Path;

    private sealed record Place(string Path, object? Value, bool Exists);
}
