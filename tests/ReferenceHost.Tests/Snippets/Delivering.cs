using Jamail.Mail;

namespace ReferenceHost.Tests.Snippets;

internal static class Delivering
{
    public static async Task SaveCategory(IEmailCategories categories)
    {
        // snippet: save-category
        await categories.SaveAsync(new EmailCategory
        {
            Key = "invoices",
            MaxAge = TimeSpan.FromHours(24),
            DeferSchedule = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)],
            Uncertain = UncertainPolicy.Hold,
            Route = ["relay-eu", "relay-us"],
        });
        // end
    }

    public static async Task<int> Resolve(IUncertainEmails emails, EmailId id)
    {
        // snippet: resolve
        var waiting = await emails.ResolveAllAsync(new UncertainQuery { Category = "invoices" }, UncertainResolution.Resend, dryRun: true);
        await emails.ResolveAsync(id, UncertainResolution.Sent);
        // end
        return waiting;
    }

    public static async Task<ProviderVerification?> SaveProvider(IEmailProviders providers, string password)
    {
        // snippet: save-provider
        await providers.SaveAsync(new EmailProviderDraft
        {
            Name = "relay-eu",
            Host = "smtp.relay.example",
            User = "app",
            Password = password,
            RatePerSecond = 14,
            MaxConcurrent = 20,
        });
        var check = await providers.VerifyAsync("relay-eu");
        // end
        return check;
    }
}
