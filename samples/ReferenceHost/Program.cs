using System.Text.Json;
using Jamail;
using Jamail.AspNetCore;
#if JAMAIL_ADAPTERS
using Jamail.Mail.MailKit;
using Jamail.Mail.Scriban;
#endif

var builder = WebApplication.CreateBuilder(args);

// First, so that it sees the others start, and goes last.
builder.Services.AddHostedService<Telemetry>();

// Queue, e-mail and webhooks, set up from section Jamail of the configuration.
builder.Services.AddJamail();
#if JAMAIL_ADAPTERS
builder.Services.AddJamail().Mail(mail => mail.AddMailKit().AddScriban());
#endif

// What the framework answers by itself, such as 404 for an unknown path, becomes problem+json too.
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
{
    document.Info.Title = "Jamail reference host";
    document.Info.Description =
        "Templates, e-mails, webhooks, events and queues. Errors are problem+json; lists are pages {items, next}.";
    return Task.CompletedTask;
}));

var app = builder.Build();

app.UseStatusCodePages();

app.MapOpenApi();
app.MapJamail("/api");
app.MapJamailPublic();
app.MapJamailHealth();

// A receiver to try webhooks with, on this machine: it checks the signature and logs what came.
if (app.Configuration["Receiver:Secret"] is { Length: > 0 } secret)
{
    app.MapWebhookReceiver("/in", receiver =>
    {
        receiver.Secrets.Add(secret);
        receiver.OnOther<JsonElement>((webhook, _, _) =>
        {
            app.Logger.LogInformation("Received {Type}, {Id}: {Payload}", webhook.Type, webhook.Id, webhook.Payload);
            return Task.CompletedTask;
        });
    });
}

await app.RunAsync();
