using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class SendingTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_made_from_a_template_reaches_the_mail_server_once_and_is_logged_as_sent(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var template = await host.Templates.CreateAsync(new EmailTemplateDraft
        {
            Name = "Welcome", Subject = "Hi {{name}}", Html = "<p>Dear {{name}}</p>", Category = "onboarding",
        });

        var id = await host.Mailer.SendAsync(new EmailMessage
        {
            To = "anna@example.com", Template = template.Key, Variables = JsonSerializer.SerializeToElement(new { name = "<Anna>" }),
        });

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        var message = Assert.Single(system.Sink.Messages);
        Assert.Equal("Hi <Anna>", message.Header("Subject"));
        Assert.Contains("Dear &lt;Anna&gt;", message.Text, StringComparison.Ordinal);
        Assert.Equal($"<{entry.MessageId}>", message.MessageId);
        Assert.Equal(("anna@example.com", template.Id, "onboarding", 1, null), (entry.Recipient, entry.TemplateId, entry.Category, entry.Attempts, entry.Error));
        Assert.NotNull(entry.SentAt);
    }

    [Fact]
    public async Task The_job_is_the_one_that_Node_workers_know()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var id = await host.Mailer.SendAsync(MailSystem.Mail(subject: "Grüße <you>"));

        var job = await JobOfAsync(host, id);
        Assert.Equal("send-email", job!.Name);
        Assert.Equal(
            $$"""{"templateId":null,"recipient":"anna@example.com","subject":"Grüße <you>","html":"<p>Hello <b>Anna</b></p>","logId":"{{id}}","category":"default"}""",
            job.Data);
        var options = JsonDocument.Parse(job.Options).RootElement;
        Assert.Equal(3, options.GetProperty("attempts").GetInt32());
        Assert.Equal("exponential", options.GetProperty("backoff").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Without_Node_workers_the_content_stays_in_the_database(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        EmailId id;
        await using (var producer = await system.StartHostAsync(settings => settings with { Works = false, NodeWorkers = false }))
        {
            id = await producer.Mailer.SendAsync(MailSystem.Mail());
            var job = await JobOfAsync(producer, id);
            Assert.Equal(("send-email-ref", $$"""{"logId":"{{id}}"}"""), (job!.Name, job.Data));
        }

        await using var worker = await system.StartHostAsync(settings => settings with { NodeWorkers = false });
        await worker.WaitForAsync(id, EmailStatus.Sent);
        Assert.Contains("<b>Anna</b>", Assert.Single(system.Sink.Messages).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_job_of_a_producer_that_knows_no_rows_gets_a_row(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var queue = Producer(host);

        await queue.AddAsync("send-email", new
        {
            templateId = 7, recipient = "bob@example.com", subject = "From Node", html = "<p>x</p>", logId = 4711, category = "news", v = 2,
        });

        await system.Sink.WaitForAsync(1);
        var entry = await Eventually.Satisfies(
            () => host.Log.TryGetAsync("4711"), found => found?.Status == EmailStatus.Sent, "the row of logId 4711 to be sent");
        Assert.Equal(("cb4c9fb1-78f7-5a32-867c-5d42e25cffe9", "4711", "7", "news"), (entry!.Id.Value, entry.CompatId, entry.TemplateId, entry.Category));
    }

    [Fact]
    public async Task A_job_of_the_wrong_shape_fails_at_once_naming_the_member_and_the_worker_goes_on()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync();
        var queue = Producer(host);

        var wrong = await queue.AddAsync(
            "send-email", new { recipient = new[] { "a@example.com" }, subject = "s", html = "h", logId = "1" }, new JobOptions { Attempts = 3 });
        var missing = await queue.AddAsync("send-email", new { recipient = "a@example.com", subject = "s", logId = "2" });
        var forged = await queue.AddAsync(
            "send-email", new { recipient = "a@example.com\r\nRCPT TO:<b@example.com>", subject = "s", html = "h", logId = "3" });
        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal("Job data: 'recipient' is a list but must be a text.", await FailedReasonAsync(host, wrong));
        Assert.Equal("Job data: 'html' is missing; it must be a text.", await FailedReasonAsync(host, missing));
        Assert.Contains("'recipient' is no e-mail address", await FailedReasonAsync(host, forged), StringComparison.Ordinal);
        Assert.Single(system.Sink.Messages);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Ends_of_mails_and_changes_of_templates_are_told_in_their_transaction(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.Refuse(SmtpStep.Rcpt, "550 5.1.1 no such user", when: line => line.Contains("nobody", StringComparison.Ordinal));
        RecordingSink.Clear(system.Settings.Prefix);
        await using var host = await system.StartHostAsync(
            settings => settings with { Configure = mail => RecordingSink.AddTo(mail, settings.Prefix) });

        var template = await host.Templates.CreateAsync(new EmailTemplateDraft { Name = "T", Subject = "s", Html = "h" });
        await host.Templates.UpdateAsync(template.Id, new EmailTemplateDraft { Name = "T", Subject = "s2", Html = "h" });
        await host.Templates.ArchiveAsync(template.Id);
        var sent = await host.Mailer.SendAsync(MailSystem.Mail());
        await host.WaitForAsync(sent, EmailStatus.Sent);
        var failed = await host.Mailer.SendAsync(MailSystem.Mail("nobody@example.com"));
        await host.WaitForAsync(failed, EmailStatus.Bounced);

        Assert.Equal(
            
            [
                "template.created", "template.updated", "template.deleted",
                "email.queued", "email.sent", "email.queued", "email.bounced",
            ],
            RecordingSink.Of(system.Settings.Prefix).Select(mailEvent => mailEvent.Type));
        Assert.All(RecordingSink.Of(system.Settings.Prefix), mailEvent =>
            Assert.DoesNotContain("Hello <b>", System.Text.Encoding.UTF8.GetString(mailEvent.Payload.Utf8.Span), StringComparison.Ordinal));
    }

    private static Task<JobDetails?> JobOfAsync(MailHost host, EmailId id) =>
        Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), job => job is not null, $"mail {id} to have a job");

    private static IJobQueue Producer(MailHost host) =>
        ((IJobQueues)host.Services.GetService(typeof(IJobQueues))!).Get(MailOptions.QueueName);

    private static async Task<string?> FailedReasonAsync(MailHost host, JobId id) =>
        (await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(id), job => job?.State == JobState.Failed, $"job {id} to fail"))!.FailedReason;
}
