using System.Reflection;

namespace Jamail.Conventions.Tests;

public sealed class SurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Public_classes_are_sealed_static_or_abstract(Package package) =>
        Expect.None(
            package.Assembly.GetExportedTypes()
                .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !type.IsSubclassOf(typeof(Exception)))
                .Select(type => type.FullName!),
            "Seal public classes, or make them abstract records:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Asynchronous_methods_are_named_so_and_take_a_token_last(Package package) =>
        Expect.None(
            Methods(package).SelectMany(method => Problems(method).Select(problem => $"{method.DeclaringType}.{method.Name} {problem}")),
            "Public methods that return a task:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Nothing_static_changes(Package package) =>
        Expect.None(
            package.Assembly.GetTypes()
                .Where(type => !IsGenerated(type))
                .SelectMany(type => type.GetFields(Declared | BindingFlags.NonPublic))
                .Where(field => field.IsStatic && !field.IsInitOnly && !field.IsLiteral && !IsGenerated(field) && !IsScratch(field))
                .Select(field => $"{field.DeclaringType}.{field.Name}"),
            "Static fields are readonly and hold immutable things:");

    private static IEnumerable<MethodInfo> Methods(Package package) =>
        package.Assembly.GetExportedTypes()
            .Where(type => !type.IsSubclassOf(typeof(Delegate)))
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method && !IsFromElsewhere(method));

    private static IEnumerable<string> Problems(MethodInfo method)
    {
        var asynchronous = IsAsynchronous(method.ReturnType);
        if (asynchronous != method.Name.EndsWith("Async", StringComparison.Ordinal))
        {
            yield return asynchronous ? "must end with 'Async'" : "must not end with 'Async'";
        }

        var token = Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));
        if (asynchronous && token < 0 && method.Name != nameof(IAsyncDisposable.DisposeAsync))
        {
            yield return "must take a CancellationToken";
        }
        else if (token >= 0 && token != method.GetParameters().Length - 1)
        {
            yield return "must take the CancellationToken last";
        }
    }

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>)));

    // An interface of another library decides about names and parameters.
    private static bool IsFromElsewhere(MethodInfo method)
    {
        var type = method.DeclaringType!;
        return !type.IsInterface && type.GetInterfaces()
            .Where(face => !face.FullName?.StartsWith("Jamail", StringComparison.Ordinal) ?? false)
            .Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method));
    }

    // A buffer of one thread, emptied before each use, is shared with nobody.
    private static bool IsScratch(FieldInfo field) => field.IsDefined(typeof(ThreadStaticAttribute));

    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || (member.DeclaringType is { } outer && IsGenerated(outer));
}
