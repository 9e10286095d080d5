using Jamail.Mail.Tests.Sending;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Every phase refused, closed, silent and cancelled: what is known afterwards must be true.</summary>
public abstract class TransportPhaseContract(string implementation, ContractCount count)
    : TransportContract("transport phase", implementation, count)
{
    public static TheoryData<SmtpStep, SendPhase, bool> Steps => new()
    {
        { SmtpStep.Greeting, SendPhase.Connect, true },
        { SmtpStep.Ehlo, SendPhase.Auth, true },
        { SmtpStep.Mail, SendPhase.MailFrom, true },
        { SmtpStep.Mail, SendPhase.MailFrom, false },
        { SmtpStep.Rcpt, SendPhase.Recipient, true },
        { SmtpStep.Rcpt, SendPhase.Recipient, false },
        { SmtpStep.Data, SendPhase.Data, true },
        { SmtpStep.Data, SendPhase.Data, false },
        { SmtpStep.Dot, SendPhase.Reply, true },
        { SmtpStep.Dot, SendPhase.Reply, false },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_refusal_is_reported_with_its_phase_and_codes(SmtpStep step, SendPhase phase, bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        sink.Refuse(step, "451-4.3.2 Busy\r\n451 4.3.2 come back", times: 1);
        await using var transport = TransportTo(sink);

        var refused = await transport.SendAsync(SmtpTesting.Mail(1));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        if (step == SmtpStep.Ehlo && GreetsAgain)
        {
            Assert.True(refused.Accepted, refused.Text);
            return;
        }

        Assert.Equal((TransportFault.Refused, phase, 451, "4.3.2"), (refused.Fault, refused.Phase, refused.ReplyCode, refused.EnhancedCode));
        Assert.Contains("4.3.2 Busy come back", refused.Text, StringComparison.Ordinal);
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(["<mail.2@example.org>"], sink.Messages.Select(message => message.MessageId));
        Assert.Equal(step is SmtpStep.Greeting or SmtpStep.Ehlo ? 2 : 1, sink.Connections);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_421_ends_the_connection(SmtpStep step, SendPhase phase, bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        sink.Refuse(step, "421 4.3.2 Shutting down", times: 1);
        await using var transport = TransportTo(sink);

        var refused = await transport.SendAsync(SmtpTesting.Mail(1));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        if (step == SmtpStep.Ehlo && GreetsAgain)
        {
            Assert.False(refused.Accepted);
            return;
        }

        Assert.Equal((TransportFault.Refused, phase, 421), (refused.Fault, refused.Phase, refused.ReplyCode));
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(2, sink.Connections);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_closed_connection_is_reported_with_its_phase(SmtpStep step, SendPhase phase, bool pipelining)
    {
        foreach (var reset in new[] { false, true })
        {
            await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
            var rule = sink.On(step, new SinkAction.Close(Reset: reset), times: 1);
            await using var transport = TransportTo(sink);

            var lost = await transport.SendAsync(SmtpTesting.Mail(1));
            var next = await transport.SendAsync(SmtpTesting.Mail(2));

            Assert.Equal(1, rule.Hits);
            // A reset can overtake the end of connecting, too.
            Assert.True(
                lost.Fault == TransportFault.ConnectionLost || (step == SmtpStep.Greeting && reset && lost.Fault == TransportFault.Unreachable),
                $"{lost.Fault}: {lost.Text}");
            if (pipelining && reset && phase is > SendPhase.MailFrom and < SendPhase.Reply)
            {
                // A reset overtakes replies on their way.
                Assert.InRange(lost.Phase, SendPhase.MailFrom, phase);
            }
            else
            {
                Assert.Equal(phase, lost.Phase);
            }

            Assert.True(next.Accepted, next.Text);
            Assert.Equal(["<mail.2@example.org>"], sink.Messages.Select(message => message.MessageId));
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_silent_server_runs_into_the_limit_of_its_phase(SmtpStep step, SendPhase phase, bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        var rule = sink.On(step, new SinkAction.Silence(), times: 1);
        var clock = new FakeClock();
        await using var transport = TransportTo(sink, clock: clock);

        var sending = transport.SendAsync(SmtpTesting.Mail(1));
        await rule.Reached.WaitAsync(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(21));

        var slow = await sending.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(TransportFault.TimedOut, slow.Fault);
        AssertReached(phase, slow.Phase, pipelining);
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Cancelling_ends_the_attempt_in_every_phase_before_the_dot(SmtpStep step, SendPhase phase, bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        var release = new TaskCompletionSource();
        var rule = sink.On(step, new SinkAction.Hold(release.Task), times: 1);
        await using var transport = TransportTo(sink);
        using var cancel = new CancellationTokenSource();

        var sending = transport.SendAsync(SmtpTesting.Mail(1), cancellationToken: cancel.Token);
        await rule.Reached.WaitAsync(TimeSpan.FromSeconds(20));
        await cancel.CancelAsync();

        if (step == SmtpStep.Dot)
        {
            release.SetResult();
            Assert.True((await sending).Accepted);
            Assert.Single(sink.Messages);
            return;
        }

        var stopped = await sending.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(TransportFault.Stopped, stopped.Fault);
        AssertReached(phase, stopped.Phase, pipelining);
        release.SetResult();
        var next = await transport.SendAsync(SmtpTesting.Mail(2));
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(["<mail.2@example.org>"], sink.Messages.Select(message => message.MessageId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_after_the_dot_leaves_it_unknown_and_the_server_may_have_a_copy(bool accepted)
    {
        await using var sink = await SmtpSink.StartAsync();
        sink.On(SmtpStep.Dot, new SinkAction.Close(Store: accepted), times: 1);
        await using var transport = TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail(1));

        Assert.Equal((TransportFault.ConnectionLost, SendPhase.Reply, null), (result.Fault, result.Phase, result.ReplyCode));
        Assert.Equal(accepted ? 1 : 0, sink.Copies("<mail.1@example.org>"));
    }

    [Fact]
    public async Task A_close_within_the_content_is_surely_not_accepted()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Size = null);
        sink.On(SmtpStep.Content, new SinkAction.Close(Reset: true), times: 1);
        await using var transport = TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail(1, new string('x', 32 * 1024 * 1024)));

        Assert.Equal((TransportFault.ConnectionLost, SendPhase.Content), (result.Fault, result.Phase));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_close_that_is_seen_before_the_dot_leaves_no_doubt()
    {
        await using var sink = await SmtpSink.StartAsync();
        sink.On(SmtpStep.Content, new SinkAction.Close(), times: 1);
        await using var transport = TransportTo(sink);

        // Who cannot see it has not written a short message yet when it asks.
        var result = await transport.SendAsync(mayEnter: phase =>
            phase != SendPhase.Dot || !SeesCloseBeforeDot || SpinWait.SpinUntil(() => sink.OpenConnections == 0, TimeSpan.FromSeconds(20)));

        Assert.Equal((TransportFault.ConnectionLost, SeesCloseBeforeDot ? SendPhase.Content : SendPhase.Reply), (result.Fault, result.Phase));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_server_that_reads_no_content_runs_into_the_limit()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Size = null);
        var release = new TaskCompletionSource();
        var rule = sink.On(SmtpStep.Content, new SinkAction.Hold(release.Task), times: 1);
        var clock = new FakeClock();
        await using var transport = TransportTo(sink, clock: clock);

        var sending = transport.SendAsync(SmtpTesting.Mail(1, new string('x', 32 * 1024 * 1024)));
        await rule.Reached.WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually.True(
            () =>
            {
                // Until all buffers on the way are full, each part that fits begins the limit anew.
                clock.Advance(TimeSpan.FromSeconds(21));
                return sending.IsCompleted;
            },
            "the attempt to run into the limit");
        var result = await sending;
        release.SetResult();

        Assert.Equal((TransportFault.TimedOut, SendPhase.Content), (result.Fault, result.Phase));
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData(SendPhase.MailFrom, SendPhase.Auth, true)]
    [InlineData(SendPhase.MailFrom, SendPhase.Auth, false)]
    [InlineData(SendPhase.Data, SendPhase.Recipient, false)]
    [InlineData(SendPhase.Dot, SendPhase.Content, true)]
    [InlineData(SendPhase.Dot, SendPhase.Content, false)]
    public async Task A_sender_that_may_not_go_on_closes_before_the_phase(SendPhase entered, SendPhase reached, bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        await using var transport = TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail(1), phase => phase != entered);
        await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal((TransportFault.Stopped, reached), (result.Fault, result.Phase));
        Assert.Equal(0, sink.Copies("<mail.1@example.org>"));
        Assert.Equal(2, sink.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_takes_only_so_many_recipients_gets_the_message_for_those_and_the_others_are_named(bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        var named = 0;
        sink.Refuse(SmtpStep.Rcpt, "452 4.5.3 Too many recipients", when: _ => ++named > 2);
        await using var transport = TransportTo(sink);
        var mail = SmtpTesting.Mail(1) with { EnvelopeMore = ["bert@example.com", "carl@example.com", "dora@example.com"] };

        var first = await transport.SendAsync(mail);
        named = 0;
        var second = await transport.SendAsync(mail with { EnvelopeTo = "carl@example.com", EnvelopeMore = ["dora@example.com"] });
        var third = await transport.SendAsync(mail);

        Assert.True(first.Accepted, first.Text);
        Assert.Equal(["carl@example.com", "dora@example.com"], first.Left);
        Assert.True(second.Accepted, second.Text);
        Assert.Null(second.Left);
        Assert.Equal((TransportFault.Refused, SendPhase.Recipient, 452, "anna@example.com"), (third.Fault, third.Phase, third.ReplyCode, third.Recipient));
        Assert.Equal([["anna@example.com", "bert@example.com"], ["carl@example.com", "dora@example.com"]], sink.Messages.Select(message => message.Recipients));
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whom_the_server_leaves_out_is_known_before_the_message_can_be_accepted(bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        sink.Refuse(SmtpStep.Rcpt, "452 4.5.3 Too many recipients", when: line => line.Contains("bert", StringComparison.Ordinal));
        await using var transport = TransportTo(sink);
        var lease = await transport.OpenAsync(CancellationToken.None);
        await using var connection = lease.Connection!; // The sink takes everybody in.
        var known = new List<string>();

        var result = await connection.SendAsync(
            SmtpTesting.Mail(1) with { EnvelopeMore = ["bert@example.com"] },
            phase =>
            {
                known.AddRange(phase is SendPhase.Data or SendPhase.Dot ? connection.Left : []);
                return phase != SendPhase.Dot || known.Count == 0;
            },
            CancellationToken.None);

        Assert.Equal((TransportFault.Stopped, SendPhase.Content), (result.Fault, result.Phase));
        Assert.Equal("bert@example.com", known.Distinct().Single());
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_recipient_refused_after_one_too_many_is_named_and_nobody_gets_the_message()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = true);
        sink.Refuse(SmtpStep.Rcpt, "550 5.1.1 no such user", when: line => line.Contains("carl", StringComparison.Ordinal));
        sink.Refuse(SmtpStep.Rcpt, "452 4.5.3 Too many recipients", when: line => line.Contains("bert", StringComparison.Ordinal));
        await using var transport = TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail(1) with { EnvelopeMore = ["bert@example.com", "carl@example.com"] });

        Assert.Equal((TransportFault.Refused, SendPhase.Recipient, 550, "carl@example.com"), (result.Fault, result.Phase, result.ReplyCode, result.Recipient));
        Assert.Empty(sink.Messages);
    }

    /// <summary>In a group of commands the server may be further than the replies that were read.</summary>
    private static void AssertReached(SendPhase server, SendPhase client, bool pipelining)
    {
        var isGrouped = pipelining && server is (SendPhase.Recipient or SendPhase.Data);
        Assert.InRange(client, isGrouped ? SendPhase.MailFrom : server, server);
    }
}
