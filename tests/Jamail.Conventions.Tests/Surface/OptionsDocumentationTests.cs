using System.Xml.Linq;

namespace Jamail.Conventions.Tests;

public sealed class OptionsDocumentationTests
{
    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Every_option_states_its_values_and_its_default(Package package)
    {
        var values = XDocument.Load(package.XmlFile).Descendants("member")
            .Where(member => member.Element("value") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("value")!.Value);

        var options = package.Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties().Where(property => property.DeclaringType == type && property.SetMethod?.IsPublic == true));

        Expect.None(
            options.Select(option => $"P:{option.DeclaringType!.FullName}.{option.Name}")
                .Where(name => !values.TryGetValue(name, out var text) || !text.Contains("default", StringComparison.OrdinalIgnoreCase)),
            "Options without a <value> that gives range and default:");
    }
}
