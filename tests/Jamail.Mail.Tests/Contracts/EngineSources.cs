namespace Jamail.Mail.Tests.Contracts;

/// <summary>The same templates in the language of each engine; null where it has no such thing.</summary>
public sealed record EngineSources
{
    /// <summary>The variable <c>x</c>.</summary>
    public required string Output { get; init; }

    /// <summary>The variable <c>x</c> as it is.</summary>
    public required string Raw { get; init; }

    /// <summary>For each of <c>order.items</c>: its name, =, its price, ;.</summary>
    public required string Loop { get; init; }

    /// <summary>yes when <c>coupon</c> is there and true, else no.</summary>
    public required string Choice { get; init; }

    /// <summary><c>nam</c>, <c>order.total</c> and <c>customer.address.city</c>.</summary>
    public required string Missing { get; init; }

    /// <summary>The price of each of <c>order.items</c>, misspelt <c>prise</c>.</summary>
    public required string MissingInLoop { get; init; }

    /// <summary>The object <c>order</c>.</summary>
    public required string WholeObject { get; init; }

    /// <summary>The number <c>n</c> and the truth value <c>yes</c>.</summary>
    public required string Values { get; init; }

    /// <summary>A block on its second line that is never closed.</summary>
    public required string Unclosed { get; init; }

    /// <summary>Four loops over <c>list</c>, one in the other.</summary>
    public required string LoopsInLoops { get; init; }

    /// <summary>The variable <c>text</c> for each of <c>list</c>.</summary>
    public required string MuchOutput { get; init; }

    /// <summary>10,000 blocks, one in the other.</summary>
    public required string Deep { get; init; }

    /// <summary>Templates that grow, recurse or never end.</summary>
    public required IReadOnlyList<string> Bombs { get; init; }

    /// <summary>Ways to what is no data.</summary>
    public required IReadOnlyList<string> Escapes { get; init; }
}
