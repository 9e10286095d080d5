using System.Text.Json;

namespace Jamail.Shared;

/// <summary>One comparison of a value with a schema: where it is, what it has found, and what it may still spend.</summary>
internal sealed class JsonSchemaCheck
{
    public const int MaxViolations = 20;

    // A schema may refer to itself: what it demands of a value must still come to an end.
    private const int MaxSteps = 100_000;
    private const int MaxDepth = 600;

    private readonly List<string> _path = [];
    private readonly JsonSchemaCheck? _parent;
    private int _steps;
    private int _depth;

    public JsonSchemaCheck()
    {
    }

    private JsonSchemaCheck(JsonSchemaCheck parent)
    {
        _parent = parent;
        _path.AddRange(parent._path);
        _depth = parent._depth;
    }

    public List<JsonViolation> Violations { get; } = [];

    public bool IsExhausted => _parent?.IsExhausted ?? _steps >= MaxSteps;

    /// <summary>Tries a value on its own, without a word about it here.</summary>
    public bool Passes(JsonSchemaNode node, JsonElement value)
    {
        var trial = new JsonSchemaCheck(this);
        node.Apply(value, trial);
        return trial.Violations.Count == 0;
    }

    public void Violate(string rule)
    {
        if (Violations.Count < MaxViolations)
        {
            Violations.Add(new JsonViolation(string.Concat(_path.Select(segment => "/" + JsonPointer.Escape(segment))), rule));
        }
    }

    public void Under(string segment, JsonSchemaNode node, JsonElement value)
    {
        _path.Add(segment);
        node.Apply(value, this);
        _path.RemoveAt(_path.Count - 1);
    }

    public bool TryEnter()
    {
        var root = this;
        while (root._parent is { } parent)
        {
            root = parent;
        }

        if (++root._steps > MaxSteps || _depth >= MaxDepth)
        {
            root._steps = MaxSteps;
            if (Violations.Count == 0 || !Violations[^1].Rule.StartsWith("The schema", StringComparison.Ordinal))
            {
                Violate("The schema is too deep or refers to itself without end, so the value cannot be compared with it.");
            }

            return false;
        }

        _depth++;
        return true;
    }

    public void Leave() => _depth--;
}
