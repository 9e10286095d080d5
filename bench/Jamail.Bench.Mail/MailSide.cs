using System.Globalization;
using System.Text.Json;
using Jamail.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Bench.Mail;

/// <summary>The Jamail side: one host that accepts and sends, with every row kept. Reads how many mails from its input.</summary>
internal static class MailSide
{
    private static readonly string Html = string.Concat(Enumerable.Repeat("<p>Hello <b>Anna</b>, your order has been paid.</p>\n", 40));
    private static readonly string Text = string.Concat(Enumerable.Repeat("Hello Anna, your order has been paid.\n", 40));

    public static async Task<int> RunAsync(MailSpec spec)
    {
        using var host = Build(spec);
        await host.StartAsync();
        using var spans = spec.Spans ? new SpanTimes() : null;
        var mailer = host.Services.GetRequiredService<IMailer>();
        Say(new { type = "ready" });
        while (await Task.Run(Console.In.ReadLine) is { } line)
        {
            var count = JsonDocument.Parse(line).RootElement.GetProperty("mails").GetInt32();
            if (count == 0)
            {
                Say(new { type = "spans", spans = spans?.Averages() });
                break;
            }

            spans?.Clear();
            var next = 0;
            await Task.WhenAll(Enumerable.Range(0, spec.Callers).Select(async _ =>
            {
                for (var i = Interlocked.Increment(ref next); i <= count; i = Interlocked.Increment(ref next))
                {
                    await mailer.SendAsync(new EmailMessage { To = $"user{i}@example.com", Subject = $"Order {i}", Html = Html, Text = Text });
                }
            }));
            Say(new { type = "accepted" });
        }

        await host.StopAsync();
        return 0;
    }

    private static IHost Build(MailSpec spec)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Bench" });
        builder.Logging.ClearProviders();
        var settings = new Dictionary<string, string?>
        {
            ["Jamail:Redis"] = spec.Redis,
            ["Jamail:Database"] = spec.Postgres,
            ["Jamail:Keys:0:Id"] = "bench",
            ["Jamail:Keys:0:Key"] = Convert.ToBase64String(new byte[32]),
            ["Jamail:Mail:Mode"] = "Live",
            ["Jamail:Mail:From"] = "Shop <shop@example.com>",
            ["Jamail:Mail:Concurrency"] = spec.Concurrency.ToString(CultureInfo.InvariantCulture),
            ["Jamail:Mail:Smtp:Host"] = "127.0.0.1",
            ["Jamail:Mail:Smtp:Port"] = spec.SmtpPort.ToString(CultureInfo.InvariantCulture),
            ["Jamail:Mail:Smtp:Security"] = "None",
            ["Jamail:Mail:Smtp:MaxConnections"] = spec.Concurrency.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddJamailMail();
        return builder.Build();
    }

    private static void Say(object message)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(message, JsonSerializerOptions.Web));
        Console.Out.Flush();
    }
}
