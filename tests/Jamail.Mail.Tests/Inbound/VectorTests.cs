namespace Jamail.Mail.Tests.Inbound;

public class VectorTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0x20, 32).Select(i => (byte)i)];

    [Fact]
    public void The_return_address_is_that_of_the_contract() => Assert.Equal(
        "b-01jpgv5gymfsfrn6rc3mq3yjjv-dpq6d8q0@bounce.example.com",
        VerpAddresses.Write(Key, "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "bounce.example.com"));

    [Fact]
    public void The_unsubscribe_token_is_that_of_the_contract()
    {
        var hash = Convert.FromHexString("b0b6d6b1c79248a71348acc7c7c464593aa8bca5c714ff6bdf8d239ff96e51d6");
        var category = UnsubscribeTokens.CategoryId("default", "newsletter");

        Assert.Equal("140f206fca2484d80d819f2cd5f2f9c9", Convert.ToHexStringLower(category));
        Assert.Equal(
            "AQewttaxx5JIpxNIrMfHxGRZOqi8pccU_2vfjSOf-W5R1hQPIG_KJITYDYGfLNXy-ck1Xhz6FlmKQdqvzLcklIRr",
            UnsubscribeTokens.Write(Key, 7, hash, category));
    }
}
