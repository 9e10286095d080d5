using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Registration;

public sealed class SendingServicesTests
{
    [Fact]
    public async Task Without_a_mail_server_mails_are_kept_in_the_data_directory()
    {
        using var folder = new TemporaryFolder();
        await using var services = Build(folder.Path, []);
        var transport = services.GetRequiredService<IEmailTransport>();

        var lease = await transport.OpenAsync(default);
        var result = await lease.Connection!.SendAsync(Sending.SmtpTesting.Mail(), _ => true, default);

        Assert.True(result.Accepted);
        Assert.StartsWith("dev inbox ", transport.Name, StringComparison.Ordinal);
        Assert.Single(await services.GetRequiredService<IDevInbox>().ListAsync());
        Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "inbox"), "*.eml"));
    }

    [Fact]
    public async Task With_a_mail_server_mails_are_sent_and_an_embedding_host_may_use_its_own_machine()
    {
        using var folder = new TemporaryFolder();
        await using var sink = await SmtpSink.StartAsync();
        await using var services = Build(folder.Path, new()
        {
            ["Jamail:Mail:Smtp:Host"] = "localhost",
            ["Jamail:Mail:Smtp:Port"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Jamail:Mail:Smtp:Security"] = "None",
        });
        var transport = services.GetRequiredService<IEmailTransport>();

        var lease = await transport.OpenAsync(default);
        Assert.True(lease.Connection is not null, lease.Failure?.Text);
        await using (lease.Connection)
        {
            Assert.True((await lease.Connection.SendAsync(Sending.SmtpTesting.Mail(), _ => true, default)).Accepted);
        }

        Assert.Equal($"smtp localhost:{sink.Port}", transport.Name);
        Assert.Single(sink.Messages);
    }

    [Fact]
    public async Task The_sandbox_wins_over_a_configured_server()
    {
        using var folder = new TemporaryFolder();
        await using var services = Build(folder.Path, new() { ["Jamail:Mail:Smtp:Host"] = "mail.example.org", ["Jamail:Mail:Mode"] = "Sandbox" });
        Assert.StartsWith("dev inbox ", services.GetRequiredService<IEmailTransport>().Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlebars_is_in_the_box()
    {
        using var folder = new TemporaryFolder();
        await using var services = Build(folder.Path, []);
        Assert.Equal(["handlebars"], services.GetServices<ITemplateEngine>().Select(engine => engine.Name));
    }

    private static ServiceProvider Build(string folder, Dictionary<string, string?> settings)
    {
        settings["Jamail:DataDirectory"] = folder;
        settings["Jamail:Embedded"] = "true";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.Configure<JamailHostOptions>(options => (options.DataDirectory, options.Embedded) = (folder, true));
        services.AddJamailMail();
        services.AddJamailMail();
        return services.BuildServiceProvider();
    }
}
