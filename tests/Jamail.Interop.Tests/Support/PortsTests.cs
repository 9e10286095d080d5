using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Support;

public sealed class PortsTests
{
    private const string OfOutgoing = "/proc/sys/net/ipv4/ip_local_port_range";

    [Fact]
    public void Each_port_is_another_and_none_that_the_system_gives_to_outgoing_connections()
    {
        var ports = Enumerable.Range(0, 200).Select(_ => Ports.Free()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
        if (File.Exists(OfOutgoing))
        {
            var least = int.Parse(File.ReadAllText(OfOutgoing).Split('\t')[0], CultureInfo.InvariantCulture);
            Assert.All(ports, port => Assert.True(port < least, $"{port} of {least} and above"));
        }
    }

    [Fact]
    public void A_port_is_listened_on_again_and_not_by_two()
    {
        using var first = Ports.Listen(0);
        var port = ((IPEndPoint)first.LocalEndpoint).Port;
        Assert.Throws<SocketException>(() => Ports.Listen(port));

        first.Stop();
        using var again = Ports.Listen(port);
    }
}
