using System.Text;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public async Task Canonical_json_is_what_node_makes_of_the_same_text(string culture)
    {
        const int Count = 4000;
        using var _ = Culture.Use(culture);
        var random = new RandomJson(culture[0]);
        string[] texts = [.. Enumerable.Range(0, Count).Select(_ => random.Next())];
        await using var node = await NodeProcess.StartAsync("webhooks.mjs");
        await node.SendAsync(new
        {
            op = "canonical", texts = texts.Select(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        });
        var expected = (await node.ReadAsync("canonical")).GetProperty("texts").EnumerateArray()
            .Select(text => Encoding.UTF8.GetString(text.GetBytesFromBase64())).ToList();

        for (var i = 0; i < Count; i++)
        {
            Assert.True(expected[i] == Canonical(texts[i]), $"{texts[i]}\nin Node: {expected[i]}\nours:    {Canonical(texts[i])}");
        }
    }

    [Theory]
    [InlineData("9007199254740993", "payload")]
    [InlineData("12345678901234567168", "payload")]
    [InlineData("1e400", "payload")]
    [InlineData("-1e400", "payload")]
    [InlineData("1e-400", "payload")]
    [InlineData("12345678901234567.89", "payload")]
    [InlineData("[0,{\"a~b/c\":[1e999999999999]}]", "payload/1/a~0b~1c/0")]
    public void A_number_that_would_become_another_one_is_refused_by_its_place(string json, string field)
    {
        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => Canonical(json)).Problems);

        Assert.Equal(field, problem.Field);
        Assert.Contains("string", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("1.0", "1")]
    [InlineData("0.1", "0.1")]
    [InlineData("3.1415926535897931", "3.141592653589793")]
    [InlineData("0e400", "0")]
    [InlineData("1.00000000000000000000000", "1")]
    public void A_number_that_a_double_holds_is_printed_as_javascript_does(string json, string expected) =>
        Assert.Equal(expected, Canonical(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{} {}")]
    [InlineData("NaN")]
    [InlineData("// x\n1")]
    [InlineData("\ufeff{}")]
    public void What_is_not_one_json_value_is_refused(string json) =>
        Assert.Equal("payload", Assert.Single(Assert.Throws<InvalidInputException>(() => Canonical(json)).Problems).Field);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        Assert.Throws<InvalidInputException>(() => CanonicalJson.From(new byte[] { (byte)'"', 0xC3, (byte)'"' }));

    [Fact]
    public void Nesting_has_a_limit() =>
        Assert.Throws<InvalidInputException>(() => Canonical(new string('[', 10_000) + new string(']', 10_000)));

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.From(Encoding.UTF8.GetBytes(json)));
}
