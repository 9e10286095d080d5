using System.Reflection;
using System.Runtime.CompilerServices;

namespace Jamail.Conventions.Tests;

/// <summary>The public surface of an assembly as sorted text, one type or member a line.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly) => string.Concat(assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => $"{Kind(type)} {ApiNames.Of(type, full: true)}{Bases(type)}\n{string.Concat(Members(type))}"));

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared)
            .Where(member => member is not TypeInfo && !member.IsDefined(typeof(CompilerGeneratedAttribute)) && IsVisible(member))
            .Select(member => type.IsEnum && member is FieldInfo { IsLiteral: true } value
                ? $"{value.Name} = {Convert.ToInt64(value.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}"
                : Text(member))
            .Order(StringComparer.Ordinal)
            .Select(line => $"  {line}\n");

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase { IsSpecialName: true, IsConstructor: false } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => false,
        MethodBase method => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed),
        FieldInfo field => field.IsPublic && field.Name != "value__",
        PropertyInfo property => property.GetAccessors().Length > 0,
        EventInfo => true,
        _ => false,
    };

    private static string Text(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Modifier(method)}{method.Name}{ApiNames.Generics(method.GetGenericArguments())}({Parameters(method)})"
            + $" : {ApiNames.Of(method.ReturnType, Nullability.Create(method.ReturnParameter))}",
        PropertyInfo property => $"{Modifier(property.GetAccessors()[0])}{property.Name}"
            + $" : {ApiNames.Of(property.PropertyType, Nullability.Create(property))} {Accessors(property)}",
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{field.Name}"
            + $" : {ApiNames.Of(field.FieldType, Nullability.Create(field))}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        _ => member.ToString()!,
    };

    private static string Accessors(PropertyInfo property)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required; " : "";
        var get = property.GetMethod?.IsPublic == true ? "get; " : "";
        var set = property.SetMethod is not { IsPublic: true } setter ? ""
            : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";
        return $"{{ {required}{get}{set}}}";
    }

    private static string Parameters(MethodBase method)
    {
        var extends = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extends + string.Join(", ", method.GetParameters().Select(parameter =>
            $"{ApiNames.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}"
            + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue switch { null => "default", string text => $"\"{text}\"", var value => value }}" : "")));
    }

    private static string Modifier(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        var bases = (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType && !type.IsSubclassOf(typeof(Delegate))
                ? new[] { parent } : [])
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []))
            .Select(of => ApiNames.Of(of, full: false)).ToList();
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases.Skip(0).Order(StringComparer.Ordinal))}";
    }
}
