using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpPoolTests
{
    [Fact]
    public async Task No_more_connections_are_opened_than_allowed_and_waiting_ends_with_the_lease_limit()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options =>
        {
            options.MaxConnections = 2;
            options.LeaseTimeout = TimeSpan.FromMilliseconds(200);
        });

        var first = (await transport.OpenAsync(default)).Connection!;
        var second = (await transport.OpenAsync(default)).Connection!;
        var third = await transport.OpenAsync(default);

        Assert.Null(third.Connection);
        Assert.Equal((SendPhase.Lease, TransportFault.TimedOut), (third.Failure!.Phase, third.Failure.Fault));
        Assert.Equal(2, sink.Connections);
        await first.DisposeAsync();
        var fourth = await transport.OpenAsync(default);
        Assert.NotNull(fourth.Connection);
        Assert.Equal(2, sink.Connections);
        await second.DisposeAsync();
        await fourth.Connection.DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_longest_gets_the_next_connection()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options =>
        {
            options.MaxConnections = 1;
            options.LeaseTimeout = TimeSpan.FromMinutes(1);
        });
        var held = (await transport.OpenAsync(default)).Connection!;
        var order = new List<int>();
        var waiting = Enumerable.Range(1, 5).Select(async i =>
        {
            var lease = await transport.OpenAsync(default);
            order.Add(i);
            await lease.Connection!.DisposeAsync();
        }).ToArray();

        await held.DisposeAsync();
        await Task.WhenAll(waiting);

        Assert.Equal([1, 2, 3, 4, 5], order);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options => options.MaxConnections = 1);
        await using var held = (await transport.OpenAsync(default)).Connection!;
        using var cancel = new CancellationTokenSource();

        var waiting = transport.OpenAsync(cancel.Token);
        await cancel.CancelAsync();

        Assert.Equal((SendPhase.Lease, TransportFault.Stopped), ((await waiting).Failure!.Phase, (await waiting).Failure!.Fault));
    }

    [Fact]
    public async Task A_connection_takes_its_number_of_messages_and_says_goodbye()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options => options.MaxMessagesPerConnection = 3);

        for (var i = 1; i <= 7; i++)
        {
            Assert.True((await transport.SendAsync(SmtpTesting.Mail(i))).Accepted);
        }

        Assert.Equal([1, 1, 1, 2, 2, 2, 3], sink.Messages.Select(message => message.Connection));
        Assert.Contains("1 C: QUIT", sink.Dialogue);
    }

    [Fact]
    public async Task A_421_for_too_many_messages_costs_one_mail_one_try_and_none_is_lost()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.MessagesPerConnection = 5);
        await using var transport = SmtpTesting.TransportTo(sink);
        var refused = 0;

        for (var i = 1; i <= 12; i++)
        {
            TransportResult result;
            while (!(result = await transport.SendAsync(SmtpTesting.Mail(i))).Accepted)
            {
                Assert.Equal((TransportFault.Refused, 421), (result.Fault, result.ReplyCode));
                refused++;
            }
        }

        Assert.Equal(2, refused);
        Assert.Equal(12, sink.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.Equal(12, sink.Messages.Count);
    }

    [Fact]
    public async Task An_idle_connection_that_the_server_closed_is_replaced_before_a_mail_is_lost_on_it()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink);
        await transport.SendAsync(SmtpTesting.Mail(1));

        await sink.StopAsync();
        sink.Listen();
        var result = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.True(result.Accepted, result.Text);
        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task A_connection_idle_for_long_is_asked_with_NOOP_first()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options => options.ProbeAfter = TimeSpan.Zero);
        await transport.SendAsync(SmtpTesting.Mail(1));
        await transport.SendAsync(SmtpTesting.Mail(2));
        sink.Refuse(SmtpStep.Noop, "421 4.4.2 Idle for too long", times: 1);
        await transport.SendAsync(SmtpTesting.Mail(3));

        Assert.Equal([1, 1, 2], sink.Messages.Select(message => message.Connection));
        Assert.Equal(2, sink.Dialogue.Count(line => line.EndsWith("C: NOOP", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_unasked_421_while_idle_is_noticed()
    {
        await using var sink = await SmtpSink.StartAsync();
        // The farewell arrives behind the last reply, as a server sends it that shuts down.
        sink.On(SmtpStep.Rset, new SinkAction.Append("421 4.3.2 Bye\r\n"), times: 1);
        sink.Refuse(SmtpStep.Rcpt, "550 5.1.1 Nobody", times: 1);
        await using var transport = SmtpTesting.TransportTo(sink);

        await transport.SendAsync(SmtpTesting.Mail(1));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.True(next.Accepted, next.Text);
        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task Idle_connections_are_closed_by_themselves_and_old_ones_are_not_used_again()
    {
        var clock = new FakeClock();
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = new SmtpTransport(SmtpTesting.OptionsFor(sink), SmtpTesting.Guard("127.0.0.0/8"), clock);
        var quit = sink.On(SmtpStep.Quit, new SinkAction.Hold(Task.CompletedTask));
        await transport.SendAsync(SmtpTesting.Mail(1));

        clock.Advance(TimeSpan.FromSeconds(36));
        await quit.Reached.WaitAsync(TimeSpan.FromSeconds(20));

        await transport.SendAsync(SmtpTesting.Mail(2));
        Assert.Equal([1, 2], sink.Messages.Select(message => message.Connection));
    }

    [Fact]
    public async Task Disposing_the_transport_closes_what_is_idle()
    {
        await using var sink = await SmtpSink.StartAsync();
        var transport = SmtpTesting.TransportTo(sink);
        await transport.SendAsync(SmtpTesting.Mail(1));

        await transport.DisposeAsync();

        Assert.Contains("1 C: QUIT", sink.Dialogue);
    }
}
