namespace Jamail.Mail.Tests.Pipeline;

public sealed class DomainGroupsTests
{
    [Theory]
    [InlineData("gmail.com", "gmail")]
    [InlineData("googlemail.com", "gmail")]
    [InlineData("outlook.com", "microsoft")]
    [InlineData("hotmail.co.uk", "microsoft")]
    [InlineData("yahoo.com.br", "yahoo")]
    [InlineData("icloud.com", "apple")]
    [InlineData("example.com", "example.com")]
    [InlineData("live.example.com", "live.example.com")]
    [InlineData("outlook.example.org", "outlook.example.org")]
    public void Domains_of_one_mailbox_provider_count_together(string domain, string group) =>
        Assert.Equal(group, DomainGroups.Of(domain));
}
