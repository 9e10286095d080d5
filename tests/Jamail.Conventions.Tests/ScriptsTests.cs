using Jamail.Queueing;

namespace Jamail.Conventions.Tests;

public sealed class ScriptsTests
{
    [Theory]
    [InlineData(PausedLayout.Auto)]
    [InlineData(PausedLayout.Wait)]
    [InlineData(PausedLayout.Paused)]
    public void Every_script_loads_with_as_many_keys_as_its_name_says(PausedLayout layout)
    {
        var scripts = new LuaScriptCatalog(layout).All;
        var files = SourceFile.Below(Path.Combine(Package.All[0].Folder, "Scripts", "lua"), "*.lua")
            .Where(file => !file.Path.Contains("/includes/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file.Name));

        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            scripts.Select(script => $"{script.Name}-{script.KeyCount}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_script_and_include_opens_with_its_contract() =>
        Expect.None(
            SourceFile.Below(Path.Combine(Package.All[0].Folder, "Scripts", "lua"), "*.lua")
                .Where(file => !file.Text.StartsWith("--", StringComparison.Ordinal))
                .Select(file => file.Path),
            "Scripts without a contract on top:");
}
