using System.Text;

namespace Jamail.Queueing.Tests.Inspection;

public sealed class DataMaskTests
{
    private readonly DataMask _mask = new(new HashSet<string> { "secret" });

    [Theory]
    [InlineData("""{"a":1,"secret":"x"}""", """{"a":1,"secret":"***"}""")]
    [InlineData("""[{"b":{"secret":{"deep":1}}},"secret"]""", """[{"b":{"secret":"***"}},"secret"]""")]
    [InlineData("""{"Secret":"x","n":1.50}""", """{"Secret":"x","n":1.50}""")]
    [InlineData("7", "7")]
    [InlineData("{\"secret\":\"x", "\"***\"")]
    public void Only_members_of_that_name_are_masked_at_any_depth(string json, string expected) =>
        Assert.Equal(expected, _mask.Apply(Encoding.UTF8.GetBytes(json)));
}
