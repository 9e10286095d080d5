using System.Reflection;
using System.Text.Json;
using Jamail.Mail;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.Webhooks;
using Microsoft.Extensions.Configuration;

namespace ReferenceHost.Tests.Docs;

public sealed class SettingsFileTests
{
    private static readonly string File = Repository.PathOf("samples", "ReferenceHost", "appsettings.json");

    public static TheoryData<string, Type> Sections => new()
    {
        { "Jamail", typeof(JamailHostOptions) },
        { "Jamail:Queueing", typeof(QueueingOptions) },
        { "Jamail:Queueing:Workers:images", typeof(JobWorkerOptions) },
        { "Jamail:Mail", typeof(MailOptions) },
        { "Jamail:Mail:Smtp", typeof(SmtpOptions) },
        { "Jamail:Webhooks", typeof(WebhooksOptions) },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_option_stands_in_the_settings_file_of_the_sample(string section, Type options)
    {
        var text = System.IO.File.ReadAllText(File);

        var missing = Settable(options).Select(property => property.Name)
            .Where(name => !text.Contains($"\"{name}\"", StringComparison.Ordinal) && !text.Contains($"{name} (", StringComparison.Ordinal));

        Assert.True(!missing.Any(), $"{section}: {string.Join(", ", missing)}");
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void What_the_settings_file_of_the_sample_says_are_the_defaults(string section, Type options)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(File).Build();
        var fresh = Activator.CreateInstance(options)!;
        var bound = Activator.CreateInstance(options)!;
        configuration.GetSection(section).Bind(bound, binder => binder.ErrorOnUnknownConfiguration = !HasSections(section));

        foreach (var property in Settable(options).Where(property => !property.PropertyType.IsAssignableFrom(typeof(SmtpOptions))))
        {
            Assert.Equal(
                JsonSerializer.Serialize(property.GetValue(fresh), property.PropertyType),
                JsonSerializer.Serialize(property.GetValue(bound), property.PropertyType));
        }
    }

    private static bool HasSections(string section) => section is "Jamail" or "Jamail:Queueing";

    private static PropertyInfo[] Settable(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
