using System.Text.Json;
using Jamail;
using Jamail.AspNetCore;
using Jamail.Mail;
using Jamail.Mail.MailKit;
using Jamail.Mail.Scriban;
using Microsoft.AspNetCore.Builder;

namespace ReferenceHost.Tests.Snippets;

internal static class TenLines
{
    public static async Task Run(string[] args)
    {
        // snippet: ten-lines
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddJamail().Mail(mail => mail.AddMailKit().AddScriban());

        var app = builder.Build();
        app.MapJamail();
        app.MapPost("/orders/{id}/confirm", async (string id, IMailer mailer) => await mailer.SendAsync(new EmailMessage
        {
            To = "anna@example.com",
            Template = "order-confirmed",
            Variables = JsonSerializer.SerializeToElement(new { id }),
        }));
        await app.RunAsync();
        // end
    }

    public static void Adapters(WebApplicationBuilder builder)
    {
        // snippet: adapters
        builder.Services.AddJamail().Mail(mail => mail.AddMailKit(options => options.UseChunking = true).AddScriban());
        // end
    }
}
