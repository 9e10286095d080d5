using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Jamail.Conventions.Tests;

/// <summary>What an assembly file offers: its public types with their members, inherited ones included.</summary>
internal sealed class DefinedMembers
{
    private readonly Dictionary<string, HashSet<string>> types = [];
    private readonly Dictionary<string, string[]> parents = [];

    public DefinedMembers(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var reader = file.GetMetadataReader();
        foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            var name = TypeNames.Of(reader, type);
            types[name] =
            [
                .. type.GetMethods().Select(reader.GetMethodDefinition).Select(method => TypeNames.Method(
                    reader.GetString(method.Name), method.DecodeSignature(TypeNames.Instance, null))),
                .. type.GetFields().Select(reader.GetFieldDefinition).Select(field =>
                    $"{reader.GetString(field.Name)} : {field.DecodeSignature(TypeNames.Instance, null)}"),
            ];
            parents[name] = [Named(reader, type.BaseType)];
        }
    }

    public bool Has(string type) => types.ContainsKey(type);

    public bool Has(string type, string member) =>
        types.TryGetValue(type, out var members)
        && (members.Contains(member) || parents[type].Any(parent => Has(parent, member)));

    private static string Named(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        _ when type.IsNil => "",
        HandleKind.TypeDefinition => TypeNames.Of(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type)),
        HandleKind.TypeReference => TypeNames.Of(reader, reader.GetTypeReference((TypeReferenceHandle)type)),
        _ => reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(TypeNames.Instance, null).Split('<')[0],
    };
}
