using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks.Tests;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object"}""", "{}")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "2.0")]
    [InlineData("""{"enum":[1,{"a":[2]}]}""", """{"a":[2]}""")]
    [InlineData("""{"const":1}""", "1.0")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀é\"")]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("""{"format":"hostname"}""", "\"anything at all\"")]
    [InlineData("""{"minimum":1,"maximum":1}""", "1")]
    [InlineData("""{"multipleOf":0.1}""", "0.3")]
    [InlineData("""{"items":{"type":"number"},"minItems":1,"uniqueItems":true}""", "[1,2]")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":""}""")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"x":1}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "3")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"number"}]}""", "1")]
    [InlineData("""{"not":{"type":"null"}}""", "1")]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"next":{"$ref":"#/$defs/n"}}}},"$ref":"#/$defs/n"}""", """{"next":{"next":{}}}""")]
    [InlineData("true", "[null]")]
    [InlineData("""{"title":"t","description":"d","examples":[1],"default":2}""", "\"x\"")]
    public void A_value_that_keeps_every_rule_passes(string schema, string value) => Assert.Empty(Validate(schema, value));

    [Theory]
    [InlineData("""{"type":"object"}""", "[]", "")]
    [InlineData("""{"type":"integer"}""", "1.5", "")]
    [InlineData("""{"enum":["a"]}""", "\"b\"", "")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", "")]
    [InlineData("""{"minLength":2}""", "\"a\"", "")]
    [InlineData("""{"pattern":"^a"}""", "\"b\"", "")]
    [InlineData("""{"format":"email"}""", "\"Anna <anna@example.com>\"", "")]
    [InlineData("""{"format":"uuid"}""", "\"x\"", "")]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", "")]
    [InlineData("""{"exclusiveMinimum":1}""", "1", "")]
    [InlineData("""{"exclusiveMaximum":1}""", "1", "")]
    [InlineData("""{"multipleOf":2}""", "3", "")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "")]
    [InlineData("""{"uniqueItems":true}""", "[{\"a\":1},{\"a\":1.0}]", "")]
    [InlineData("""{"items":{"type":"number"}}""", """[1,"x"]""", "/1")]
    [InlineData("""{"required":["a"]}""", "{}", "")]
    [InlineData("""{"minProperties":1}""", "{}", "")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "")]
    [InlineData("""{"properties":{"a/b":{"properties":{"~":{"type":"null"}}}}}""", """{"a/b":{"~":1}}""", "/a~1b/~0")]
    [InlineData("""{"additionalProperties":false}""", """{"x":1}""", "/x")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "")]
    [InlineData("""{"not":{"type":"number"}}""", "1", "")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":0}]}""", "0.5", "")]
    [InlineData("false", "1", "")]
    public void A_value_that_breaks_a_rule_is_told_where(string schema, string value, string path) =>
        Assert.Equal(path, Validate(schema, value)[0].Path);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_and_no_value_is_shown()
    {
        var found = Validate(
            """{"properties":{"a":{"type":"string"},"b":{"maximum":1}},"required":["c"]}""", """{"a":123454321,"b":987656789}""");

        Assert.Equal(["", "/a", "/b"], found.Select(violation => violation.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(found, violation => violation.Rule.Contains("987656789", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "schema")]
    [InlineData("[]", "schema")]
    [InlineData("""{"type":"text"}""", "schema/type")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""", "schema/properties/a/minLength")]
    [InlineData("""{"if":{}}""", "schema/if")]
    [InlineData("""{"pattern":"(?=a)"}""", "schema/pattern")]
    [InlineData("""{"pattern":"("}""", "schema/pattern")]
    [InlineData("""{"$ref":"https://example.com/s"}""", "schema/$ref")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "schema/$ref")]
    [InlineData("""{"anyOf":[]}""", "schema/anyOf")]
    [InlineData("""{"multipleOf":0}""", "schema/multipleOf")]
    public void A_schema_that_cannot_be_enforced_is_refused_by_place(string schema, string field)
    {
        var problems = new List<InputProblem>();

        Assert.Null(JsonSchema.Parse(schema, "schema", problems));
        Assert.Equal(field, Assert.Single(problems).Field);
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}""", "1")]
    [InlineData("""{"not":{"$ref":"#"}}""", "1")]
    public void A_schema_without_end_ends_in_a_violation(string schema, string value) => Assert.NotEmpty(Validate(schema, value));

    private static IReadOnlyList<JsonViolation> Validate(string schema, string value)
    {
        var problems = new List<InputProblem>();
        var parsed = JsonSchema.Parse(schema, "schema", problems);
        Assert.Empty(problems);
        using var document = JsonDocument.Parse(value);
        return parsed!.Validate(document.RootElement);
    }
}
