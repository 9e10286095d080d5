using Jamail.Queueing;

namespace Jamail.Interop.Tests.Mutations;

/// <summary>The scripts that one mutation changes.</summary>
internal sealed class Mutant
{
    private readonly Dictionary<string, string> _texts;

    private Mutant(Mutation mutation, Dictionary<string, string> files, LuaScriptCatalog sound)
    {
        Mutation = mutation;
        _texts = new LuaScriptCatalog(files, PausedLayout.Wait).All
            .Where(script => script.Text != sound[script.Name].Text)
            .ToDictionary(script => script.Name, script => script.Text, StringComparer.Ordinal);
    }

    /// <summary>Null when the mutation's line has changed.</summary>
    public static Mutant? Of(Mutation mutation, IReadOnlyDictionary<string, string> files, LuaScriptCatalog sound) =>
        mutation.In(files) is { } changed ? new Mutant(mutation, changed, sound) : null;

    public Mutation Mutation { get; }

    /// <summary>The script and the number of the case that showed the fault; null until then.</summary>
    public (string Script, int Case)? CaughtBy { get; set; }

    public bool Changes(string script) => _texts.ContainsKey(script);

    public string TextOf(string script) => _texts[script];
}
