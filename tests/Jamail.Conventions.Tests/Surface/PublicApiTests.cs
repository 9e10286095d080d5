namespace Jamail.Conventions.Tests;

/// <summary>
/// PublicApi.txt of a package lists what its users can see, so that a change to it shows in a review. After an intended change:
/// <c>JAMAIL_WRITE_PUBLIC_API=1 dotnet test tests/Jamail.Conventions.Tests</c>.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void The_public_surface_is_the_reviewed_one(Package package)
    {
        var file = Path.Combine(package.Folder, "PublicApi.txt");
        var actual = PublicApi.Of(package.Assembly);
        if (Environment.GetEnvironmentVariable("JAMAIL_WRITE_PUBLIC_API") == "1")
        {
            File.WriteAllText(file, actual);
        }

        var reviewed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        var gone = reviewed.Split('\n').Except(actual.Split('\n')).Select(line => $"- {line.Trim()}");
        var added = actual.Split('\n').Except(reviewed.Split('\n')).Select(line => $"+ {line.Trim()}");
        Expect.None(
            gone.Concat(added),
            $"src/{package}/PublicApi.txt differs. If that is intended: JAMAIL_WRITE_PUBLIC_API=1 dotnet test tests/Jamail.Conventions.Tests");
        Assert.Equal(reviewed, actual);
    }
}
