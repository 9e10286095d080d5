using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Jamail.Conventions.Tests;

/// <summary>Writes the types of a signature as text that is the same whatever assembly a type comes from.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    public static TypeNames Instance { get; } = new();

    public static string Of(MetadataReader reader, TypeReference type)
    {
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}+{name}"
            : Join(reader.GetString(type.Namespace), name);
    }

    public static string Of(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        return type.IsNested
            ? $"{Of(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}+{name}"
            : Join(reader.GetString(type.Namespace), name);
    }

    public static string Method(string name, MethodSignature<string> signature) =>
        $"{name}{(signature.GenericParameterCount == 0 ? "" : $"<{signature.GenericParameterCount}>")}"
        + $"({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Of(reader, reader.GetTypeDefinition(handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Of(reader, reader.GetTypeReference(handle));

    public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"fn({string.Join(", ", signature.ParameterTypes)})";

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
