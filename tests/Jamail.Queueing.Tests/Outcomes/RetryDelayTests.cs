namespace Jamail.Queueing.Tests.Outcomes;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData("fixed", 1000, 1, 1000)]
    [InlineData("fixed", 1000, 9, 1000)]
    [InlineData("exponential", 1000, 1, 1000)]
    [InlineData("exponential", 1000, 2, 2000)]
    [InlineData("exponential", 1000, 5, 16000)]
    [InlineData("exponential", 0.75, 2, 2)]
    [InlineData("exponential", 0, 3, 0)]
    [InlineData("fixed", -5, 1, 0)]
    public void Waits_follow_the_arithmetic_of_BullMQ(string type, double delay, int attempt, long expected) =>
        Assert.Equal(expected, RetryDelay.Milliseconds(new StoredBackoff(type, delay, 0, []), attempt, () => 0));

    [Theory]
    [InlineData(0.0, 500)]
    [InlineData(0.5, 750)]
    [InlineData(0.999999, 999)]
    public void Jitter_only_shortens(double random, long expected) =>
        Assert.Equal(expected, RetryDelay.Milliseconds(new StoredBackoff("fixed", 1000, 0.5, []), 1, () => random));

    [Theory]
    [InlineData(1, 60_000)]
    [InlineData(2, 300_000)]
    [InlineData(3, 900_000)]
    [InlineData(8, 900_000)]
    public void A_schedule_repeats_its_last_wait(int attempt, long expected) =>
        Assert.Equal(
            expected,
            RetryDelay.Milliseconds(
                new StoredBackoff("schedule", 60_000, 0, [60_000, 300_000, 900_000]), attempt, () => 0));

    [Fact]
    public void Without_a_back_off_there_is_no_wait() => Assert.Equal(0, RetryDelay.Milliseconds(null, 1, () => 0));

    [Theory]
    [InlineData("fancy")]
    [InlineData("schedule")]
    [InlineData("")]
    public void What_nobody_knows_has_no_wait_at_all(string type) =>
        Assert.Null(RetryDelay.Milliseconds(new StoredBackoff(type, 5, 0, []), 1, () => 0));

    [Fact]
    public void Doubling_for_ever_stays_a_number() =>
        Assert.InRange(RetryDelay.Milliseconds(new StoredBackoff("exponential", 1000, 0, []), 5000, () => 0)!.Value, 1, 1L << 42);
}
