using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Scripts;

public sealed class NodeProducerTests
{
    [Theory]
    [InlineData("bullmq5")]
    [InlineData("bullmq6")]
    public async Task The_Node_sample_sends_an_e_mail_through_a_running_host(string bullmq)
    {
        await NodePackages.EnsureInstalledAsync();
        using var folder = new TemporaryFolder("host");
        using var sample = Install(bullmq);
        await using var host = await RunningHost.StartAsync(HostSettings.Embedded(folder));

        var logId = (await Command.RunAsync(
            NodePackages.Node,
            ["send.js", "anna@example.com"],
            sample.Path,
            new Dictionary<string, string> { ["JAMAIL_DATA"] = folder.Path })).Trim();

        var sent = await Eventually.Satisfies(
            () => host.Api.GetAsync($"/api/send-logs/{logId}"),
            reply => reply.Status == 200 && reply["status"].GetString() == "sent",
            $"e-mail {logId} to be sent");
        Assert.Equal("anna@example.com", sent["recipient"].GetString());
        Assert.Equal("Hello from Node", sent["subject"].GetString());
        Assert.Equal(0, await host.InterruptAsync());
    }

    private static TemporaryFolder Install(string bullmq)
    {
        var folder = new TemporaryFolder("node");
        foreach (var file in (string[])["send.js", "package.json"])
        {
            File.Copy(Repository.PathOf("samples", "node-producer", file), folder.File(file));
        }

        Directory.CreateDirectory(folder.File("node_modules"));
        Directory.CreateSymbolicLink(
            folder.File("node_modules/bullmq"), Path.Combine(NodePackages.Folder, "node_modules", bullmq));
        return folder;
    }
}
