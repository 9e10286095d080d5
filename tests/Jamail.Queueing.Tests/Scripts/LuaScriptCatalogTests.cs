namespace Jamail.Queueing.Tests.Scripts;

public sealed class LuaScriptCatalogTests
{
    [Theory]
    [InlineData(PausedLayout.Auto, "'auto'")]
    [InlineData(PausedLayout.Wait, "'wait'")]
    [InlineData(PausedLayout.Paused, "'paused'")]
    public void Every_embedded_script_is_expanded_for_the_layout(PausedLayout layout, string constant)
    {
        var scripts = new LuaScriptCatalog(layout);

        Assert.Equal(61, scripts.All.Count);
        Assert.All(scripts.All, script => Assert.DoesNotContain("${", script.Text, StringComparison.Ordinal));
        Assert.All(scripts.All, script => Assert.DoesNotContain("--include", script.Text, StringComparison.Ordinal));
        Assert.Contains($"local pausedLayout = {constant}", scripts["addStandardJob"].Text, StringComparison.Ordinal);
        Assert.Equal(11, scripts["moveToActive"].KeyCount);
        Assert.Equal(20, scripts["moveToActive"].Sha1.Length);
    }

    [Fact]
    public void Every_include_is_used()
    {
        var files = LuaScriptCatalog.EmbeddedFiles();
        var wanted = files.Values
            .SelectMany(text => text.Split('\n'))
            .Where(line => line.StartsWith("--include ", StringComparison.Ordinal) || line.StartsWith("--seldom ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            .Select(name => $"includes/{name.Trim()}.lua")
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(files.Keys.Where(file => file.StartsWith("includes/", StringComparison.Ordinal)).Except(wanted));
    }

    [Fact]
    public void An_include_is_put_once_before_what_needs_it() =>
        Assert.Equal(
            "local a = 1\n\nlocal b = a\n\nreturn a + b + #KEYS[1]",
            Load(("x-1.lua", "--include b\n--include a\nreturn a + b + #KEYS[1]"), ("includes/a.lua", "local a = 1\n"),
                ("includes/b.lua", "--include a\nlocal b = a\n"))["x"].Text.TrimEnd());

    [Fact]
    public void A_missing_include_is_named_with_its_file() =>
        AssertRefused("x-0.lua includes 'gone'", ("x-0.lua", "--include gone"));

    [Fact]
    public void A_circle_of_includes_is_shown_as_a_path() =>
        AssertRefused(
            "x-0.lua -> includes/a.lua -> includes/b.lua -> includes/a.lua",
            ("x-0.lua", "--include a"), ("includes/a.lua", "--include b"), ("includes/b.lua", "--include a"));

    [Fact]
    public void A_wrong_key_count_is_named_with_its_file() =>
        AssertRefused("x-2.lua: its name promises 2 keys but the highest it reads is KEYS[3]", ("x-2.lua", "return KEYS[3]"));

    [Fact]
    public void A_key_that_only_a_comment_names_does_not_count() =>
        AssertRefused("the highest it reads is KEYS[0]", ("x-1.lua", "-- KEYS[1] the key\nreturn 1"));

    [Fact]
    public void A_name_without_a_key_count_is_refused() => AssertRefused("Script x.lua", ("x.lua", "return 1"));

    [Fact]
    public void Two_scripts_of_one_name_are_refused() =>
        AssertRefused("another one named 'x'", ("x-0.lua", "return 1"), ("groups/x-0.lua", "return 1"));

    private static LuaScriptCatalog Load(params (string Path, string Text)[] files) =>
        new(files.ToDictionary(file => file.Path, file => file.Text), PausedLayout.Wait);

    private static void AssertRefused(string text, params (string Path, string Text)[] files) =>
        Assert.Contains(
            text, Assert.Throws<InvalidOperationException>(() => Load(files)).Message, StringComparison.Ordinal);
}
