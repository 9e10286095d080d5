using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Scripts;

[Collection("builds of the working copy")]
public sealed class RunScriptTests
{
    [Fact]
    public async Task The_lines_that_it_prints_send_an_e_mail_and_a_webhook_and_show_what_became_of_them()
    {
        using var folder = new TemporaryFolder("host");
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        using var script = Process.Start(Start(port, folder.Path))!;
        var output = new StringBuilder();
        var lines = new List<string>();
        var reading = ReadAsync(script.StandardOutput, output, lines);
        var errors = ReadAsync(script.StandardError, output, []);
        try
        {
            await Eventually.True(
                () => script.HasExited || Count(lines) == 6,
                "the script to print six lines",
                TimeSpan.FromMinutes(5));
            Assert.False(script.HasExited, output.ToString());

            var answers = new List<string>();
            foreach (var line in lines)
            {
                answers.Add(await Command.RunAsync("/bin/bash", ["-c", line], folder.Path));
            }

            var delivered = await Eventually.Satisfies(
                () => Command.RunAsync("/bin/bash", ["-c", lines[5]], folder.Path),
                answer => answer.Contains("\"status\":\"succeeded\"", StringComparison.Ordinal),
                "the delivery to succeed");

            Assert.Contains("\"key\":\"welcome\"", answers[0], StringComparison.Ordinal);
            Assert.Contains("Email queued for delivery", answers[1], StringComparison.Ordinal);
            Assert.Contains("\"recipient\":\"anna@example.com\"", answers[2], StringComparison.Ordinal);
            Assert.Contains("\"uid\":\"first\"", answers[3], StringComparison.Ordinal);
            Assert.Contains("\"deliveries\":1", answers[4], StringComparison.Ordinal);
            Assert.Contains("\"event\":\"order.paid\"", delivered, StringComparison.Ordinal);

            Signals.Interrupt(script);
            await script.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            await Task.WhenAll(reading, errors);
            Assert.True(script.ExitCode == 0, output.ToString());
            Assert.Contains("Received order.paid", output.ToString(), StringComparison.Ordinal);
            Assert.Contains("Embedded Redis", output.ToString(), StringComparison.Ordinal);
            Assert.Contains("stopped", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            if (!script.HasExited)
            {
                script.Kill(entireProcessTree: true);
            }
        }
    }

    [Theory]
    [InlineData("--port", "0")]
    [InlineData("--port", "many")]
    [InlineData("--colour", "blue")]
    public async Task A_wrong_argument_is_refused_with_a_sentence(string option, string value)
    {
        using var script = Process.Start(new ProcessStartInfo("/bin/bash", [Repository.PathOf("eng", "run.sh"), option, value])
        {
            RedirectStandardError = true,
        })!;
        var said = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();

        Assert.NotEqual(0, script.ExitCode);
        Assert.Contains(option == "--port" ? "a number from 1 to 65535" : "not an option", said, StringComparison.Ordinal);
    }

    private static ProcessStartInfo Start(string port, string folder)
    {
        var start = new ProcessStartInfo("/bin/bash", [Repository.PathOf("eng", "run.sh"), "--port", port])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Jamail__DataDirectory"] = folder;
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        return start;
    }

    private static int Count(List<string> lines)
    {
        lock (lines)
        {
            return lines.Count;
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder output, List<string> curls)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }

            lock (curls)
            {
                if (line.StartsWith("curl ", StringComparison.Ordinal))
                {
                    curls.Add(line);
                }
            }
        }
    }
}
