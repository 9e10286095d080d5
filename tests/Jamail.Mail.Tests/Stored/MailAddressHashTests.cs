namespace Jamail.Mail.Tests.Stored;

public class MailAddressHashTests
{
    [Fact]
    public void An_address_is_hashed_as_the_wire_documentation_says()
    {
        var pepper = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

        Assert.Equal(
            "b0b6d6b1c79248a71348acc7c7c464593aa8bca5c714ff6bdf8d239ff96e51d6",
            Convert.ToHexStringLower(MailAddressHash.Compute(pepper, "default", "Anna@BÜCHER.example")));
    }
}
