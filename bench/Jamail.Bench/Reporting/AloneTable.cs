namespace Jamail.Bench;

/// <summary>A table of the report about Jamail alone.</summary>
internal sealed record AloneTable(
    string Title, string About, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
