using System.Net;
using System.Net.Sockets;
using Penstock.Contract;
using Penstock.Control.Outbound;

namespace Penstock.Control.Tests.Outbound;

public sealed class OutboundPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.1.1")]
    [InlineData("172.31.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    public async Task Addresses_inside_the_network_are_not_connected_to(string host) =>
        (await Should.ThrowAsync<PenstockException>(() => new OutboundPolicy([]).ConnectAsync(host, 80, default)))
        .Problem.Code.ShouldBe("outbound.refused");

    [Theory]
    [InlineData("http://2130706433/")] // 127.0.0.1 as one number
    [InlineData("http://0x7f.1/")]
    [InlineData("http://127.1/")]
    public void Addresses_in_other_spellings_are_known(string address) =>
        new OutboundPolicy([]).Check(new(address)).ShouldNotBeNull().Code.ShouldBe("outbound.refused");

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.0/8")]
    [InlineData("127.0.0.1")]
    public async Task What_the_operator_allows_is_connected_to(string pattern)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var host = pattern == "localhost" ? "localhost" : "127.0.0.1";

        using var socket = await new OutboundPolicy([pattern]).ConnectAsync(host, ((IPEndPoint)listener.LocalEndpoint).Port, default);

        socket.Connected.ShouldBeTrue();
    }

    [Fact]
    public void Public_addresses_and_allowed_names_pass()
    {
        var policy = new OutboundPolicy(["*.corp.local"]);

        policy.Check(new("https://hooks.example.com/in")).ShouldBeNull();
        policy.Check(new("https://8.8.8.8/")).ShouldBeNull();
        policy.Check(new("ftp://example.com/")).ShouldNotBeNull();
    }
}
