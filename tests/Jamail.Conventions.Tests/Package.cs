using System.Reflection;
using Jamail.TestSupport;

namespace Jamail.Conventions.Tests;

/// <summary>One of our libraries, as source folder and as assembly.</summary>
public sealed record Package(string Name, int FirstEventId, int LastEventId)
{
    public static IReadOnlyList<Package> All { get; } =
    [
        new("Jamail.Queueing", 1001, 1499),
        new("Jamail.Mail", 2001, 2499),
        new("Jamail.Webhooks", 3001, 3499),
        new("Jamail.AspNetCore", 4001, 4499),
        new("Jamail", 6001, 6499),
    ];

    public static TheoryData<Package> Each => new(All);

    public Assembly Assembly => Assembly.Load(Name);

    public string Folder => Repository.PathOf("src", Name);

    public string XmlFile => Path.ChangeExtension(Assembly.Location, ".xml");

    public IEnumerable<SourceFile> SourceFiles => SourceFile.Below(Folder, "*.cs");

    public override string ToString() => Name;
}
