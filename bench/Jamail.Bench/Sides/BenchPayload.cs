namespace Jamail.Bench;

/// <summary>The same job on both sides; see payload.mjs.</summary>
internal sealed record BenchPayload(string To, string Template, int Number, string Text)
{
    public const string JobName = "bench";

    private static readonly string Filler = new('x', 100);

    public static BenchPayload Of(int number) => new("user@example.com", "welcome", number, Filler);
}
