namespace Jamail.Mail;

/// <summary>Lists the variables of a template as they are called from the top, without any data.</summary>
internal static class TemplatePaths
{
    public static IReadOnlyList<string> Of(IReadOnlyList<TemplateNode> nodes)
    {
        var found = new List<string>();
        Collect(nodes, [""], [], found);
        return [.. found.Distinct()];
    }

    /// <summary>A member of a thing: <c>order</c> + <c>items</c> is <c>order.items</c>.</summary>
    public static string Join(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    private static void Collect(
        IReadOnlyList<TemplateNode> nodes, List<string> contexts, Dictionary<string, string> names, List<string> found)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case TemplateNode.Output output:
                    Name(output.Path, contexts, names, found);
                    break;
                case TemplateNode.Block block:
                    var path = Name(block.Path, contexts, names, found);
                    if (block.Kind is "each" or "with")
                    {
                        var item = block.Kind == "each" ? (path ?? "") + "[]" : path ?? "";
                        var inner = block.Names.Count == 0 ? names : new Dictionary<string, string>(names) { [block.Names[0]] = item };
                        Collect(block.Body, [.. contexts, item], inner, found);
                    }
                    else
                    {
                        Collect(block.Body, contexts, names, found);
                    }

                    Collect(block.Inverse, contexts, names, found);
                    break;
            }
        }
    }

    private static string? Name(TemplatePath path, List<string> contexts, Dictionary<string, string> names, List<string> found)
    {
        if (path.Start == TemplatePathStart.Loop || contexts.Count <= path.Ups)
        {
            return null;
        }

        var isNamed = path.Start == TemplatePathStart.Name && names.ContainsKey(path.Segments[0]);
        var full = isNamed ? names[path.Segments[0]] : path.Start == TemplatePathStart.Root ? "" : contexts[^(path.Ups + 1)];
        full = path.Segments.Skip(isNamed ? 1 : 0).Aggregate(full, Join);
        if (full.Length > 0)
        {
            found.Add(full);
        }

        return full;
    }
}
