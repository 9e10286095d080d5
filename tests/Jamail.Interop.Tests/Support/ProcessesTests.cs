using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Support;

public sealed class ProcessesTests
{
    [Theory]
    [InlineData("bullmq5", "5.81.5")]
    [InlineData("bullmq6", "6.7.0")]
    public async Task Node_runs_a_script_with_the_pinned_packages(string package, string version)
    {
        await using var node = await NodeProcess.StartAsync("version.mjs", [package]);
        var message = await node.ReadAsync("version");
        Assert.Equal(version, message.GetProperty("version").GetString());
        await node.SendAsync(new { Echo = "äöü" });
        Assert.Equal("äöü", (await node.ReadAsync("echo")).GetProperty("text").GetString());
        Assert.Equal(0, await node.WaitForExitAsync());
    }

    [Fact]
    public async Task A_child_that_ends_early_is_an_error_with_what_it_printed()
    {
        await using var node = await NodeProcess.StartAsync("version.mjs", ["no-such-package"]);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => node.ReadAsync("version"));
        Assert.Contains("no-such-package", error.Message, StringComparison.Ordinal);
    }
}
