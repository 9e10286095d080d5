using Jamail.AspNetCore;

namespace ReferenceHost.Tests.Requests;

public sealed class MaskedJsonTests
{
    [Theory]
    [InlineData("""{"secret":"whsec_1"}""", """{"secret":"***"}""")]
    [InlineData("""{"a":[{"Secret":{"deep":1}}],"b":1}""", """{"a":[{"Secret":"***"}],"b":1}""")]
    [InlineData("""{"secret":null}""", """{"secret":null}""")]
    [InlineData("""{"secrets":"kept"}""", """{"secrets":"kept"}""")]
    [InlineData("12.50", "12.50")]
    public void Secrets_are_concealed_wherever_they_are(string stored, string shown) =>
        Assert.Equal(shown, MaskedJson.Read(stored)?.ToJsonString());

    [Theory]
    [InlineData("""{"secret":"whsec_1","secret":"whsec_2"}""")]
    [InlineData("""{"secret":"whsec_1" """)]
    public void A_text_that_cannot_be_read_and_may_hold_a_secret_is_not_shown(string stored) =>
        Assert.DoesNotContain("whsec", MaskedJson.Read(stored)!.ToJsonString(), StringComparison.Ordinal);
}
