using System.Globalization;
using System.Reflection;

namespace Jamail.Shared;

/// <summary>One numbered step of a package's schema. Never edited after it was released.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>All steps for a dialect, from <c>migrations/{dialect}/NNNN_name.sql</c>, in order.</summary>
    public static IReadOnlyList<Migration> LoadAll(Assembly assembly, SqlDialect dialect, string tablePrefix)
    {
        var root = dialect == SqlDialect.Postgres ? "migrations/postgres/" : "migrations/sqlite/";
        var migrations = assembly.GetManifestResourceNames()
            .Where(name => name.Replace('\\', '/').StartsWith(root, StringComparison.Ordinal))
            .Select(name => Load(assembly, name, root, tablePrefix))
            .OrderBy(migration => migration.Number)
            .ToList();
        for (var i = 0; i < migrations.Count; i++)
        {
            if (migrations[i].Number != i + 1)
            {
                throw new InvalidOperationException(
                    $"{assembly.GetName().Name} has no migration {i + 1:0000} under {root}; number them without gaps or repeats.");
            }
        }

        return migrations;
    }

    private static Migration Load(Assembly assembly, string resource, string root, string tablePrefix)
    {
        var name = resource.Replace('\\', '/')[root.Length..^".sql".Length];
        return name.Length > 5
            && name[4] == '_'
            && int.TryParse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Migration(number, name[5..], SqlFiles.Read(assembly, resource).Replace("{t}", tablePrefix, StringComparison.Ordinal))
            : throw new InvalidOperationException($"Migration '{resource}' has no number; name it NNNN_name.sql.");
    }
}
