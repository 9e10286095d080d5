using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Jamail.Conventions.Tests;

public sealed class LogEventsTests
{
    private const int FirstShared = 5001;
    private const int LastShared = 5499;

    private static readonly Regex PlainLogCall = new(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(");

    private static readonly ILookup<Package, (MethodInfo Method, LoggerMessageAttribute Message)> Events = Package.All
        .SelectMany(package => package.Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Package: package, Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(found => found.Message is not null))
        .ToLookup(found => found.Package, found => (found.Method, found.Message));

    [Fact]
    public void Event_ids_are_unique_over_all_packages() =>
        Expect.None(
            Events.SelectMany(package => package)
                .GroupBy(found => found.Message.EventId)
                .Where(same => same.Select(found => $"{found.Method.DeclaringType}.{found.Method.Name}").Distinct().Count() > 1)
                .Select(same => $"{same.Key}: {string.Join(", ", same.Select(found => found.Method.Name))}"),
            "Event ids used more than once:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Event_ids_lie_in_the_packages_range(Package package) =>
        Expect.None(
            Events[package]
                .Where(found => IsShared(found.Method)
                    ? found.Message.EventId is < FirstShared or > LastShared
                    : found.Message.EventId < package.FirstEventId || found.Message.EventId > package.LastEventId)
                .Select(found => $"{found.Message.EventId} {found.Method.Name}"),
            $"Event ids of {package} lie between {package.FirstEventId} and {package.LastEventId}, shared ones between {FirstShared} and {LastShared}:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Log_messages_are_generated_and_lie_under_observability(Package package) =>
        Expect.None(
            package.SourceFiles
                .Where(file => (file.Text.Contains("[LoggerMessage", StringComparison.Ordinal) && !file.Path.Contains("/Observability/", StringComparison.Ordinal))
                    || PlainLogCall.IsMatch(file.Text))
                .Select(file => file.Path),
            "Log messages are generated methods below Observability:");

    // src/Shared is linked into several packages.
    private static bool IsShared(MethodInfo method) => method.DeclaringType!.Namespace == "Jamail.Shared";
}
