using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Jamail.Conventions.Tests;

/// <summary>Reads what an assembly refers to from its metadata.</summary>
internal static class MemberUses
{
    public static IReadOnlyList<MemberUse> Of(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var reader = file.GetMetadataReader();
        var callers = Callers(file, reader);
        var uses = new List<MemberUse>();
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (Declaring(reader, member.Parent) is not { } declaring)
            {
                continue;
            }

            var name = reader.GetString(member.Name);
            var text = member.GetKind() == MemberReferenceKind.Method
                ? TypeNames.Method(name, member.DecodeMethodSignature(TypeNames.Instance, null))
                : $"{name} : {member.DecodeFieldSignature(TypeNames.Instance, null)}";
            uses.Add(new MemberUse(
                declaring.Assembly, declaring.Type, text, [.. callers[MetadataTokens.GetToken(handle)].Distinct()]));
        }

        return uses;
    }

    private static (string Assembly, string Type)? Declaring(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            var text = reader.GetTypeSpecification((TypeSpecificationHandle)parent).DecodeSignature(TypeNames.Instance, null);
            var name = text.Split('<')[0];
            return reader.TypeReferences.Select(reader.GetTypeReference)
                .Where(type => TypeNames.Of(reader, type) == name)
                .Select(type => ((string, string)?)(AssemblyOf(reader, type), name))
                .FirstOrDefault();
        }

        return parent.Kind == HandleKind.TypeReference
            && reader.GetTypeReference((TypeReferenceHandle)parent) is var reference
            ? (AssemblyOf(reader, reference), TypeNames.Of(reader, reference))
            : null;
    }

    private static string AssemblyOf(MetadataReader reader, TypeReference type) => type.ResolutionScope.Kind switch
    {
        HandleKind.AssemblyReference =>
            reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
        HandleKind.TypeReference => AssemblyOf(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope)),
        _ => "",
    };

    // Looks for the members' tokens anywhere in the code of each method: good enough to say where to look.
    private static ILookup<int, string> Callers(PEReader file, MetadataReader reader)
    {
        var found = new List<(int Token, string Caller)>();
        foreach (var method in reader.MethodDefinitions.Select(reader.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            var caller = $"{TypeNames.Of(reader, reader.GetTypeDefinition(method.GetDeclaringType()))}.{reader.GetString(method.Name)}";
            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            for (var at = 1; at + 4 <= code.Length; at++)
            {
                var token = BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at));
                if (token >>> 24 == (int)TableIndex.MemberRef)
                {
                    found.Add((token, caller));
                }
                else if (token >>> 24 == (int)TableIndex.MethodSpec && (token & 0xffffff) is > 0 and var row
                    && row <= reader.GetTableRowCount(TableIndex.MethodSpec))
                {
                    var generic = reader.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Method;
                    found.Add((MetadataTokens.GetToken(generic), caller));
                }
            }
        }

        return found.ToLookup(use => use.Token, use => use.Caller);
    }
}
