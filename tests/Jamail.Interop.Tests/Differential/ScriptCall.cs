namespace Jamail.Interop.Tests.Differential;

/// <summary>One call of a script, the same for every implementation.</summary>
internal sealed record ScriptCall(string Script, IReadOnlyList<string> Keys, IReadOnlyList<object?> Arguments)
{
    public override string ToString() => $"{Script} {string.Join(' ', Keys)} | "
        + string.Join(' ', Arguments.Select(argument => argument is byte[] bytes
            ? "0x" + Convert.ToHexString(bytes)
            : $"'{argument}'"));
}
