namespace Jamail.Mail.Tests.Sending;

public sealed class EmailAddressParserTests
{
    [Theory]
    [InlineData("anna@example.com")]
    [InlineData("anna+tag@example.com")]
    [InlineData("a.n.n.a@mail.example.co.uk")]
    [InlineData("o'hara@example.com")]
    [InlineData("a_b-c!#$%&*/=?^`{|}~@example.com")]
    [InlineData("anna@bücher.example")]
    [InlineData("Anna@BÜCHER.example")]
    [InlineData("ännä@example.com")]
    [InlineData("anna@xn--bcher-kva.example")]
    [InlineData("root@localhost")]
    public void An_address_is_read(string text)
    {
        Assert.True(EmailAddressParser.TryParse(text, out var address, out var problem), problem);
        Assert.Equal(text, address.Address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.com")]
    [InlineData("anna@")]
    [InlineData("a@b.c, d@e.f")]
    [InlineData("a@b.c,d@e.f")]
    [InlineData("a@b@c.example")]
    [InlineData("anna @example.com")]
    [InlineData(" anna@example.com")]
    [InlineData("anna@example.com\r\nBcc: x@example.com")]
    [InlineData("anna@example.com\n")]
    [InlineData("anna\0@example.com")]
    [InlineData("\"anna\"@example.com")]
    [InlineData("anna(comment)@example.com")]
    [InlineData("<anna@example.com>")]
    [InlineData("Anna <anna@example.com>")]
    [InlineData(".anna@example.com")]
    [InlineData("anna.@example.com")]
    [InlineData("an..na@example.com")]
    [InlineData("anna@-example.com")]
    [InlineData("anna@example-.com")]
    [InlineData("anna@example..com")]
    [InlineData("anna@example.com.")]
    [InlineData("anna@exa_mple.com")]
    [InlineData("anna@[127.0.0.1]")]
    [InlineData("@a,@b:anna@example.com")]
    [InlineData("group:anna@example.com;")]
    public void What_is_no_single_plain_address_is_refused_with_a_reason(string? text)
    {
        Assert.False(EmailAddressParser.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem!);
    }

    [Fact]
    public void Lengths_are_counted_in_bytes()
    {
        Assert.True(EmailAddressParser.TryParse(new string('a', 64) + "@example.com", out _, out _));
        Assert.False(EmailAddressParser.TryParse(new string('a', 65) + "@example.com", out _, out _));
        Assert.False(EmailAddressParser.TryParse(new string('ä', 33) + "@example.com", out _, out _));
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 4));
        Assert.False(EmailAddressParser.TryParse(new string('a', 20) + "@" + domain, out _, out _));
        Assert.True(EmailAddressParser.TryParse(new string('a', 10) + "@" + domain, out _, out _));
    }

    [Theory]
    [InlineData("Anna <anna@example.com>", "Anna")]
    [InlineData("\"Doe, Anna\" <anna@example.com>", "Doe, Anna")]
    [InlineData("<anna@example.com>", null)]
    [InlineData("anna@example.com", null)]
    [InlineData("Änna Öst <anna@example.com>", "Änna Öst")]
    public void A_name_may_stand_before_the_address(string text, string? name)
    {
        Assert.True(EmailAddressParser.TryParseWithName(text, out var address, out var problem), problem);
        Assert.Equal(("anna@example.com", name), (address.Address, address.Name));
    }

    [Theory]
    [InlineData("Anna\r\nBcc: x <anna@example.com>")]
    [InlineData("Anna <anna@example.com> x")]
    [InlineData("Anna <a@b.c, d@e.f>")]
    public void A_name_carries_nothing_else(string text) =>
        Assert.False(EmailAddressParser.TryParseWithName(text, out _, out _));
}
