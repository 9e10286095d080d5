using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpConnectTests
{
    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("192.168.1.1")]
    public async Task A_server_outside_the_allowed_networks_is_not_dialled(string allowed)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, null, allowed);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.AddressDenied, SendPhase.Connect), (result.Fault, result.Phase));
        Assert.Contains("Jamail:Mail:AllowedNetworks", result.Text, StringComparison.Ordinal);
        Assert.Equal(0, sink.Connections);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_and_a_name_without_address_are_unreachable()
    {
        var sink = await SmtpSink.StartAsync();
        await sink.DisposeAsync();
        await using var closed = SmtpTesting.TransportTo(sink);
        await using var unknown = SmtpTesting.TransportTo(sink, options => options.Host = "no-such-host.invalid");

        var refused = await closed.SendAsync();
        var unresolved = await unknown.SendAsync();

        Assert.Equal((TransportFault.Unreachable, SendPhase.Connect), (refused.Fault, refused.Phase));
        Assert.Equal((TransportFault.Unreachable, SendPhase.Connect), (unresolved.Fault, unresolved.Phase));
        Assert.Contains("no-such-host.invalid", unresolved.Text, StringComparison.Ordinal);
    }
}
