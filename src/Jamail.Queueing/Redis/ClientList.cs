using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Reads the reply of <c>CLIENT LIST</c>.</summary>
internal static class ClientList
{
    public static IEnumerable<long> IdsOf(string list, string clientName)
    {
        var name = $" name={clientName} ";
        foreach (var line in list.Split('\n'))
        {
            if (line.Contains(name, StringComparison.Ordinal)
                && line.StartsWith("id=", StringComparison.Ordinal)
                && long.TryParse(
                    line.AsSpan(3, line.IndexOf(' ', StringComparison.Ordinal) - 3),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var id))
            {
                yield return id;
            }
        }
    }
}
