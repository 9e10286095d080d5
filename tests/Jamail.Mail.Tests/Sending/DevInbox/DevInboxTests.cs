using System.Text;

namespace Jamail.Mail.Tests.Sending;

public sealed class DevInboxTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"jamail-inbox-{Guid.NewGuid():n}");
    private readonly DevInbox _inbox;
    private readonly DevInboxTransport _transport;

    public DevInboxTests()
    {
        _inbox = new DevInbox(_folder, TimeProvider.System);
        _transport = new DevInboxTransport(_inbox);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_mail_becomes_one_file_and_is_listed()
    {
        var mail = new EmailComposer().Compose(EmailComposerTests.Content with { Subject = "Grüße aus Köln, mit einem so langen Betreff, dass er gefaltet wird ✓" });

        var result = await _transport.SendAsync(mail);

        Assert.True(result.Accepted, result.Text);
        var listed = Assert.Single(await _inbox.ListAsync());
        Assert.Equal(mail.EnvelopeTo, listed.To);
        Assert.Equal(mail.EnvelopeFrom, listed.From);
        Assert.Equal(mail.MessageId, listed.MessageId);
        Assert.Equal("Grüße aus Köln, mit einem so langen Betreff, dass er gefaltet wird ✓", listed.Subject);
        var bytes = await _inbox.TryReadAsync(listed.Id);
        Assert.EndsWith(Encoding.UTF8.GetString(mail.Content.Span), Encoding.UTF8.GetString(bytes!), StringComparison.Ordinal);
        Assert.Equal([".eml"], Directory.EnumerateFiles(_folder).Select(Path.GetExtension));
    }

    [Fact]
    public async Task Listing_goes_newest_first_and_on_from_an_id()
    {
        for (var i = 1; i <= 5; i++)
        {
            await _transport.SendAsync(SmtpTesting.Mail(i));
        }

        var first = await _inbox.ListAsync(2);
        var rest = await _inbox.ListAsync(10, first[^1].Id);

        Assert.Equal(["mail.5@example.org", "mail.4@example.org"], first.Select(message => message.MessageId));
        Assert.Equal(["mail.3@example.org", "mail.2@example.org", "mail.1@example.org"], rest.Select(message => message.MessageId));
        Assert.Equal(5, await _inbox.ClearAsync());
        Assert.Empty(await _inbox.ListAsync());
    }

    [Fact]
    public async Task A_sender_that_may_not_finish_leaves_nothing_behind()
    {
        var result = await _transport.SendAsync(mayEnter: phase => phase != SendPhase.Dot);

        Assert.Equal((TransportFault.Stopped, SendPhase.Content), (result.Fault, result.Phase));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_failure_of_storage()
    {
        await File.WriteAllTextAsync(_folder, "a file where the folder should be");
        try
        {
            var result = await _transport.SendAsync();
            Assert.Equal(TransportFault.Storage, result.Fault);
            Assert.True(result.Phase < SendPhase.Dot);
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("nothing-there")]
    public async Task An_id_leads_to_no_other_file(string id) => Assert.Null(await _inbox.TryReadAsync(id));

    [Fact]
    public async Task Many_mails_at_once_are_all_kept()
    {
        var results = await Task.WhenAll(Enumerable.Range(1, 100).Select(i => Task.Run(() => _transport.SendAsync(SmtpTesting.Mail(i)))));

        Assert.All(results, result => Assert.True(result.Accepted));
        Assert.Equal(100, (await _inbox.ListAsync(1000)).Select(message => message.MessageId).Distinct().Count());
    }
}
