using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Jamail.Shared;

namespace Jamail.Webhooks.Tests;

public sealed class AddressGuardTests
{
    [Fact]
    public async Task A_public_name_may_be_called_by_its_addresses()
    {
        var host = await Guard(names: Names("hooks.example.com", "8.8.8.8", "2001:4860:4860::8888"))
            .ResolveAsync("hooks.example.com.", default);

        Assert.Equal([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2001:4860:4860::8888")], host.Addresses);
        Assert.False(host.IsAllowedByOwner);
    }

    [Fact]
    public Task One_denied_address_denies_the_whole_name() =>
        Denied(AddressDenial.NotPublic, "mixed.example.com", Guard(names: Names("mixed.example.com", "8.8.8.8", "10.0.0.1")));

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("api.localhost")]
    [InlineData("printer.local")]
    [InlineData("db.internal")]
    [InlineData("intranet")]
    public Task Local_names_are_denied_without_a_lookup(string name) => Denied(AddressDenial.Name, name, Guard());

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("::1")]
    [InlineData("127.0.0.1")]
    public Task Private_addresses_are_denied(string address) => Denied(AddressDenial.NotPublic, address, Guard());

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("127.0.0.0/8", "::ffff:127.0.0.1")]
    [InlineData("fd00:1::/64", "fd00:1::5")]
    [InlineData("lan.example.com", "lan.example.com")]
    [InlineData("10.0.0.0/8", "lan.example.com")]
    [InlineData("10.0.0.0/8", "build.internal")]
    public async Task What_the_owner_lists_may_be_called(string entry, string host)
    {
        var names = Names("lan.example.com", "10.9.9.9");
        names["build.internal"] = [IPAddress.Parse("10.4.4.4")];

        Assert.True((await Guard([entry], names).ResolveAsync(host, default)).IsAllowedByOwner);
    }

    [Fact]
    public Task A_listed_network_does_not_lift_local_names_that_lead_elsewhere() =>
        Denied(AddressDenial.Name, "intranet", Guard(["10.0.0.0/8"], Names("intranet", "8.8.8.8")));

    [Theory]
    [InlineData("169.254.0.0/16", "169.254.169.254")]
    [InlineData("169.254.169.254", "169.254.169.254")]
    [InlineData("fd00::/8", "fd00:ec2::254")]
    [InlineData("64:ff9b::/96", "64:ff9b::a9fe:a9fe")]
    [InlineData("metadata.google.internal", "metadata.google.internal")]
    [InlineData("evil.example.com", "evil.example.com")]
    public Task Nothing_allows_metadata_services(string entry, string host) =>
        Denied(AddressDenial.Metadata, host, Guard([entry], Names("evil.example.com", "169.254.169.254")));

    [Fact]
    public void The_machines_own_addresses_are_known()
    {
        var loopback = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .First(address => address.AddressFamily == AddressFamily.InterNetwork);

        Assert.True(new OwnAddresses(TimeProvider.System).Contains(loopback.MapToIPv6()));
        Assert.False(new OwnAddresses(TimeProvider.System).Contains(IPAddress.Parse("8.8.8.8")));
    }

    [Theory]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("")]
    [InlineData("*.example.com")]
    [InlineData("http://hooks.lan")]
    public void An_entry_of_no_known_form_is_named(string entry) =>
        Assert.Contains($"'{entry}'", AllowedNetworks.Problem(entry), StringComparison.Ordinal);

    private static async Task Denied(AddressDenial reason, string host, AddressGuard guard) =>
        Assert.Equal(
            reason,
            (await Assert.ThrowsAsync<AddressDeniedException>(() => guard.ResolveAsync(host, default))).Reason);

    private static Dictionary<string, IPAddress[]> Names(string name, params string[] addresses) =>
        new(StringComparer.OrdinalIgnoreCase) { [name] = [.. addresses.Select(IPAddress.Parse)] };

    private static AddressGuard Guard(string[]? allowed = null, Dictionary<string, IPAddress[]>? names = null) =>
        new(new AllowedNetworks(allowed ?? []), new FixedResolver(names ?? []), new OwnAddresses(TimeProvider.System));
}
