using System.Text;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;

namespace Jamail.Mail.Tests.Producing;

public class AcceptingTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Copies_files_and_notes_go_with_the_mail_and_the_hidden_copy_stays_hidden(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var mail = MailSystem.Mail() with
        {
            Cc = ["Bert Bär <bert@example.com>", "carl@example.com"],
            Bcc = ["dora@example.com"],
            Tags = ["orders", "a_b"],
            Metadata = new Dictionary<string, string> { ["order"] = "4711" },
            Attachments =
            [
                new EmailAttachment { FileName = "Größe.txt", ContentType = "text/plain", Content = Encoding.UTF8.GetBytes("the file") },
                new EmailAttachment { FileName = "logo.png", ContentType = "image/png", Content = new byte[] { 1, 2, 3 }, ContentId = "logo" },
            ],
        };

        var id = await host.Mailer.SendAsync(mail);
        var entry = await host.WaitForAsync(id, EmailStatus.Sent);

        var message = Assert.Single(system.Sink.Messages);
        Assert.Equal(["anna@example.com", "bert@example.com", "carl@example.com", "dora@example.com"], message.Recipients);
        Assert.Contains("carl@example.com", message.Header("Cc"), StringComparison.Ordinal);
        Assert.DoesNotContain("dora", message.Text, StringComparison.Ordinal);
        Assert.Contains("multipart/mixed", message.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String("the file"u8), message.Text, StringComparison.Ordinal);
        Assert.Contains("Content-ID: <logo>\r\n", message.Text, StringComparison.Ordinal);
        Assert.Contains("filename*0*=utf-8''Gr%C3%B6%C3%9Fe.txt", message.Text, StringComparison.Ordinal);
        Assert.Equal(["orders", "a_b"], entry.Tags);
        Assert.Equal("4711", entry.Metadata["order"]);
        Assert.Equal(message.Content, (await host.Log.TryGetRawAsync(id.Value))!.Value.ToArray());
        Assert.Equal(["Größe.txt", "logo.png"], (await host.Log.TryGetContentAsync(id.Value))!.Attachments.Select(file => file.FileName));
        Assert.Equal(id, Assert.Single((await host.Log.ListAsync(new SendLogQuery { Tag = "a_b" })).Items).Id);
        Assert.Empty((await host.Log.ListAsync(new SendLogQuery { Tag = "axb" })).Items);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Equal_files_are_stored_once(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        EmailMessage With(string name) => MailSystem.Mail() with
        {
            Attachments = [new EmailAttachment { FileName = name, Content = new byte[1000] }],
        };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => host.Mailer.SendAsync(With($"{i}.bin"))));

        Assert.Equal(1, await host.ScalarAsync<long>("select count(*) from {t}mail_attachment"));
        Assert.Equal(8, await host.ScalarAsync<long>("select count(*) from {t}mail_log_attachment"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Fifty_calls_at_once_with_one_idempotency_key_store_one_mail(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var mail = MailSystem.Mail() with { IdempotencyKey = "order-4711" };

        var calls = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                return (await host.Mailer.AcceptAsync(mail)).Id.Value;
            }
            catch (IdempotencyException busy) when (busy.IsInFlight)
            {
                return null;
            }
        }));
        var later = await host.Mailer.AcceptAsync(mail);

        var id = Assert.Single(calls.OfType<string>().Distinct());
        Assert.Equal((id, true), (later.Id.Value, later.IsReplay));
        Assert.Single((await host.Log.ListAsync(new SendLogQuery())).Items);
    }

    [Fact]
    public async Task Files_that_are_too_large_are_refused_as_such()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Works = false, More = new Dictionary<string, string?> { ["Jamail:Mail:MaxAttachmentBytes"] = "1000" },
        });
        var half = new EmailAttachment { FileName = "half.bin", Content = new byte[501] };

        var refused = await Assert.ThrowsAsync<MailException>(
            () => host.Mailer.SendAsync(MailSystem.Mail() with { Attachments = [half, half] }));

        Assert.Equal(MailError.TooLarge, refused.Error);
        Assert.Contains("1002", refused.Message, StringComparison.Ordinal);
    }
}
