using System.Reflection;

namespace Jamail.Conventions.Tests;

/// <summary>Type names as C# writes them.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type, NullabilityInfo nullability)
    {
        var isNullableReference = !type.IsValueType && nullability.ReadState == NullabilityState.Nullable;
        var element = nullability.ElementType is { } of ? Of(type.GetElementType()!, of) + "[]" : null;
        var text = element ?? (type.IsGenericType && Nullable.GetUnderlyingType(type) is null
                && nullability.GenericTypeArguments.Length == type.GetGenericArguments().Length
            ? $"{Plain(type)}<{string.Join(", ", type.GetGenericArguments().Zip(nullability.GenericTypeArguments, Of))}>"
            : Of(type, full: false));
        return isNullableReference ? text + "?" : text;
    }

    public static string Of(Type type, bool full)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Of(value, full: false)}?";
        }

        if (type.HasElementType)
        {
            return Of(type.GetElementType()!, full: false) + (type.IsArray ? "[]" : "&");
        }

        var prefix = !full ? "" : type.Namespace + ".";
        return prefix + Plain(type) + Generics(type.GetGenericArguments());
    }

    public static string Generics(Type[] arguments) =>
        arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => Of(argument, full: false)))}>";

    private static string Plain(Type type) =>
        (type.IsNested && !type.IsGenericParameter ? Plain(type.DeclaringType!) + "." : "") + type.Name.Split('`')[0];
}
