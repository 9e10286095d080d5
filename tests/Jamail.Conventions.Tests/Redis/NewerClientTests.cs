using System.Reflection;

namespace Jamail.Conventions.Tests;

/// <summary>
/// We compile against StackExchange.Redis 1.2.6; a host may bring a newer one. Every member that our assemblies refer to must be there
/// with the same signature, or the host would meet a MissingMethodException.
/// </summary>
public sealed class NewerClientTests
{
    private const string Client = "StackExchange.Redis";

    [Theory]
    [InlineData("2.13.23")]
    [InlineData("3.4.35")]
    public void Every_member_we_use_exists_in_newer_clients(string version)
    {
        var newer = new DefinedMembers(AssemblyOf(version));
        var uses = Package.All.SelectMany(package => MemberUses.Of(package.Assembly.Location))
            .Where(use => use.Assembly == Client)
            .ToList();

        Assert.NotEmpty(uses);
        Expect.None(
            uses.Where(use => !newer.Has(use.Type, use.Member)).Select(use => use.ToString()),
            $"{Client} {version} lacks members that we use:");
    }

    [Fact]
    public void A_member_that_does_not_exist_is_noticed()
    {
        var newer = new DefinedMembers(AssemblyOf("3.4.35"));
        Assert.True(newer.Has("StackExchange.Redis.IDatabase"));
        Assert.False(newer.Has("StackExchange.Redis.IDatabase", "NoSuch(Int32) : Void"));
    }

    private static string AssemblyOf(string version)
    {
        var root = typeof(NewerClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;
        return Path.Combine(root, Client.ToLowerInvariant(), version, "lib", "net8.0", $"{Client}.dll");
    }
}
