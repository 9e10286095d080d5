using System.Reflection;

namespace Jamail.Shared;

/// <summary>
/// The named statements of a package: <c>sql/name.sql</c>, or <c>sql/postgres/name.sql</c> and <c>sql/sqlite/name.sql</c>
/// where the dialects differ. Loaded at once, so that a missing, misnamed or unused file stops the start.
/// </summary>
internal sealed class SqlFiles
{
    private const string Root = "sql/";

    private readonly Dictionary<string, string> _statements;

    private SqlFiles(Dictionary<string, string> statements) => _statements = statements;

    /// <param name="assembly">The package.</param>
    /// <param name="names">A class whose text constants are the names of all statements the package uses.</param>
    /// <param name="dialect">Which override counts.</param>
    /// <param name="tablePrefix">What stands for <c>{t}</c>.</param>
    public static SqlFiles Load(Assembly assembly, Type names, SqlDialect dialect, string tablePrefix)
    {
        var folder = dialect == SqlDialect.Postgres ? "postgres/" : "sqlite/";
        var known = names.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);
        var statements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            var path = resource[Root.Length..].Replace('\\', '/');
            var name = Path.GetFileNameWithoutExtension(path);
            if (!known.Contains(name))
            {
                throw new InvalidOperationException(
                    $"SQL file '{path}' of {assembly.GetName().Name} is used by nobody; name it in {names.Name} or remove it.");
            }

            if (!path.Contains('/', StringComparison.Ordinal) || path.StartsWith(folder, StringComparison.Ordinal))
            {
                if (!statements.TryAdd(name, Read(assembly, resource).Replace("{t}", tablePrefix, StringComparison.Ordinal)))
                {
                    throw new InvalidOperationException(
                        $"SQL file '{name}.sql' of {assembly.GetName().Name} is there for all dialects and for {folder.TrimEnd('/')}; keep one.");
                }
            }
        }

        var missing = known.Where(name => !statements.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? new SqlFiles(statements)
            : throw new InvalidOperationException(
                $"{assembly.GetName().Name} has no SQL file for {string.Join(", ", missing)}; "
                + $"add sql/<name>.sql or sql/{folder}<name>.sql.");
    }

    public string this[string name] => _statements[name];

    internal static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
