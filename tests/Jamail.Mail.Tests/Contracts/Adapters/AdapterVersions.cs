using System.Reflection;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Which versions of the libraries are tested.</summary>
internal static class AdapterVersions
{
    public static string MailKit => Of(typeof(global::MailKit.Net.Smtp.SmtpClient));

    public static string Scriban => Of(typeof(global::Scriban.Template));

    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? type.Assembly.GetName().Version?.ToString() ?? "?";
}
