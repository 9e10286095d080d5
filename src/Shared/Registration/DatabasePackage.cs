using System.Reflection;

namespace Jamail.Shared;

/// <summary>What a package brings to the shared database code.</summary>
/// <param name="Name">Begins the names of its tables: <c>mail</c>, <c>webhook</c>.</param>
/// <param name="LogCategory">Under which name the shared code logs for it.</param>
/// <param name="SqlNames">A class whose text constants name all its statements.</param>
internal sealed record DatabasePackage(string Name, string LogCategory, Type SqlNames)
{
    public Assembly Assembly => SqlNames.Assembly;
}
