namespace Jamail.Conventions.Tests;

/// <summary>A member of another assembly that one of our assemblies refers to.</summary>
/// <param name="Assembly">Where the member's type lives, or is forwarded from.</param>
/// <param name="Type">Full name of the type.</param>
/// <param name="Member">A method as <c>Name(parameters) : result</c>, a field as <c>Name : type</c>.</param>
/// <param name="Callers">The methods of ours whose code holds it.</param>
public sealed record MemberUse(string Assembly, string Type, string Member, IReadOnlyList<string> Callers)
{
    public string Name => $"{Type}.{Member}";

    public override string ToString() => Callers.Count == 0 ? Name : $"{Name} in {string.Join(", ", Callers.Take(3))}";
}
