using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class ProviderCircuitTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Five_failures_within_a_minute_open_it_and_fewer_or_slower_ones_do_not()
    {
        var circuit = new ProviderCircuit(_clock);
        for (var i = 0; i < 10; i++)
        {
            Assert.False(circuit.Failed("slowly", atOnce: false));
            _clock.Advance(TimeSpan.FromSeconds(16));
        }

        Assert.Equal(TimeSpan.Zero, circuit.Enter());
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([false, false, false, false, true], Enumerable.Range(0, 5).Select(_ => circuit.Failed("fast", atOnce: false)));
        Assert.Equal(("open", "fast"), (circuit.State, circuit.Reason));
        Assert.Equal(TimeSpan.FromSeconds(30), circuit.Enter());
    }

    [Fact]
    public void After_its_time_one_at_a_time_tries_it_and_success_closes_it()
    {
        var circuit = Open();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("half-open", circuit.State);

        Assert.Equal(TimeSpan.Zero, circuit.Enter());
        Assert.True(circuit.Enter() > TimeSpan.Zero);
        circuit.GoesUntried();
        Assert.Equal(TimeSpan.Zero, circuit.Enter());

        circuit.Succeeded();
        Assert.Equal(("closed", null, TimeSpan.Zero), (circuit.State, circuit.Reason, circuit.Enter()));
    }

    [Fact]
    public void Each_failed_try_doubles_the_time_up_to_ten_minutes()
    {
        var circuit = Open();
        foreach (var seconds in new[] { 60, 120, 240, 480, 600, 600 })
        {
            _clock.Advance(circuit.Enter());
            Assert.Equal(TimeSpan.Zero, circuit.Enter());
            Assert.False(circuit.Failed("again", atOnce: false));
            Assert.Equal(TimeSpan.FromSeconds(seconds), circuit.Enter());
        }
    }

    [Fact]
    public void Failures_that_come_late_to_an_open_circuit_change_nothing()
    {
        var circuit = Open();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(circuit.Failed("an old connection", atOnce: true));
        Assert.Equal(TimeSpan.FromSeconds(20), circuit.Enter());
    }

    private ProviderCircuit Open()
    {
        var circuit = new ProviderCircuit(_clock);
        Assert.True(circuit.Failed("wrong password", atOnce: true));
        return circuit;
    }
}
