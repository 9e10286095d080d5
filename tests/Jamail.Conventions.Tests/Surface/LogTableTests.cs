using System.Reflection;
using Jamail.TestSupport;
using Microsoft.Extensions.Logging;

namespace Jamail.Conventions.Tests;

/// <summary>
/// docs/logs.md lists every message that can be logged. After an intended change:
/// <c>JAMAIL_WRITE_LOG_TABLE=1 dotnet test tests/Jamail.Conventions.Tests</c>.
/// </summary>
public sealed class LogTableTests
{
    private const string Begin = "<!-- messages -->\n";
    private const string End = "<!-- end -->\n";
    private static readonly string[] Payloads = ["payload", "data", "body", "html", "text", "secret", "content", "password"];
    private static readonly string File = Repository.PathOf("docs", "logs.md");

    [Fact]
    public void Every_message_stands_in_the_documentation_with_its_id()
    {
        var page = System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        var table = Table();
        if (Environment.GetEnvironmentVariable("JAMAIL_WRITE_LOG_TABLE") == "1")
        {
            System.IO.File.WriteAllText(File, page[..begin] + table + page[end..]);
            return;
        }

        var documented = page[begin..end].Split('\n');
        Expect.None(
            documented.Except(table.Split('\n')).Select(line => $"- {line}")
                .Concat(table.Split('\n').Except(documented).Select(line => $"+ {line}")),
            "docs/logs.md differs from the code. JAMAIL_WRITE_LOG_TABLE=1 dotnet test tests/Jamail.Conventions.Tests writes it:");
    }

    [Fact]
    public void No_message_takes_what_a_job_or_a_mail_carries() =>
        Expect.None(
            Messages().SelectMany(found => found.Method.GetParameters()
                .Where(parameter => Payloads.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
                .Select(parameter => $"{found.Message.EventId} {found.Method.Name}: {parameter.Name}")),
            "Payloads do not belong into logs:");

    private static string Table() =>
        "| Id | Level | Message |\n|---|---|---|\n" + string.Concat(Messages()
            .DistinctBy(found => found.Message.EventId)
            .OrderBy(found => found.Message.EventId)
            .Select(found => $"| {found.Message.EventId} | {found.Message.Level} | {found.Message.Message} |\n"));

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Message)> Messages() => Package.All
        .SelectMany(package => package.Assembly.GetTypes())
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()!))
        .Where(found => found.Message is not null);
}
