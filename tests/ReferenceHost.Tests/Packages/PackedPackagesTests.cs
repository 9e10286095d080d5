using System.IO.Compression;

namespace ReferenceHost.Tests.Packages;

/// <summary>Packs the libraries under a version of their own and uses them as a stranger would.</summary>
[Collection("builds of the working copy")]
public sealed class PackedPackagesTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private static readonly string[] Names =
        ["Jamail", "Jamail.AspNetCore", "Jamail.Queueing", "Jamail.Mail", "Jamail.Webhooks"];

    [Fact]
    public void Every_library_is_one_package_with_documentation_and_symbols()
    {
        foreach (var name in Names)
        {
            using var package = ZipFile.OpenRead(PackedPackages.PathOf($"{name}.{packages.Version}.nupkg"));
            var entries = package.Entries.Select(entry => entry.FullName).ToList();
            Assert.Contains("README.md", entries);
            Assert.Contains($"lib/net10.0/{name}.dll", entries);
            Assert.Contains($"lib/net10.0/{name}.xml", entries);
            using var symbols = ZipFile.OpenRead(PackedPackages.PathOf($"{name}.{packages.Version}.snupkg"));
            Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{name}.pdb");
        }
    }

    [Fact]
    public async Task An_empty_web_project_with_the_package_sends_an_e_mail()
    {
        using var project = await packages.CreateAsync("Microsoft.NET.Sdk.Web", "Jamail.AspNetCore", """
            using Jamail;
            using Jamail.AspNetCore;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddJamail();
            var app = builder.Build();
            app.MapJamail();
            app.MapJamailPublic();
            app.MapJamailHealth();
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            var made = await http.PostAsJsonAsync("/api/templates", new { key = "hi", name = "Hi", subject = "Hi", html = "<p>Hi</p>" });
            made.EnsureSuccessStatusCode();
            var sent = await http.PostAsJsonAsync("/api/templates/hi/send", new { recipient = "anna@example.com", variables = new { } });
            sent.EnsureSuccessStatusCode();
            for (var i = 0; i < 300; i++)
            {
                if ((await http.GetStringAsync("/api/send-logs?status=sent")).Contains("anna@example.com"))
                {
                    Console.WriteLine("It was sent.");
                    break;
                }

                await Task.Delay(100);
            }

            await app.StopAsync();
            """);

        Assert.Contains("It was sent.", await PackedPackages.RunAsync(project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_worker_service_with_the_package_sends_an_e_mail_and_pulls_in_no_ASP_NET()
    {
        using var project = await packages.CreateAsync("Microsoft.NET.Sdk", "Jamail", """
            using Jamail;
            using Jamail.Mail;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;

            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddJamail();
            using var host = builder.Build();
            await host.StartAsync();
            var id = await host.Services.GetRequiredService<IMailer>().SendAsync(
                new EmailMessage { To = "anna@example.com", Subject = "Hi", Html = "<p>Hi</p>" });
            for (var i = 0; i < 300; i++)
            {
                var entry = await host.Services.GetRequiredService<ISendLog>().TryGetAsync(id.Value);
                if (entry?.Status == EmailStatus.Sent)
                {
                    Console.WriteLine("It was sent.");
                    break;
                }

                await Task.Delay(100);
            }

            await host.StopAsync();
            """, "Microsoft.Extensions.Hosting");

        Assert.Contains("It was sent.", await PackedPackages.RunAsync(project), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Microsoft.AspNetCore.App",
            await File.ReadAllTextAsync(Directory.GetFiles(project.Path, "App.runtimeconfig.json", SearchOption.AllDirectories)[0]),
            StringComparison.Ordinal);
    }
}
