using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class DeferralPlanTests
{
    private static readonly EmailCategory Policy = new() { Key = "default" };

    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("temporary", 0, "00:01:00")]
    [InlineData("temporary", 1, "00:05:00")]
    [InlineData("temporary", 6, "04:00:00")]
    [InlineData("temporary", 60, "04:00:00")]
    [InlineData("unreachable", 0, "00:01:00")]
    [InlineData("unreachable", 5, "00:01:00")]
    [InlineData("connection-limit", 0, "00:00:30")]
    [InlineData("throttle", 3, "00:00:30")]
    [InlineData("provider-config", 4, "00:01:00")]
    [InlineData("provider-quota", 0, "01:00:00")]
    [InlineData("grey-list", 0, "00:05:00")]
    [InlineData("grey-list", 1, "00:05:00")]
    public void A_class_and_the_number_of_deferrals_give_the_wait(string name, int deferrals, string wait)
    {
        var end = After(Row(deferrals: deferrals), name, "no hint");
        Assert.Equal((EmailStatus.Deferred, TimeSpan.Parse(wait, null)), (end.Status, end.Wait));
    }

    [Fact]
    public void Grey_lists_of_a_fast_schedule_still_wait_five_minutes_at_first()
    {
        var fast = Policy with { DeferSchedule = [TimeSpan.FromSeconds(5)] };
        Assert.Equal(TimeSpan.FromMinutes(5), Plan(0).After(Row(), Verdict("grey-list", ""), fast).Wait);
        Assert.Equal(TimeSpan.FromSeconds(5), Plan(0).After(Row(deferrals: 1), Verdict("grey-list", ""), fast).Wait);
    }

    [Fact]
    public void Up_to_a_fifth_is_added()
    {
        Assert.Equal(TimeSpan.FromSeconds(72), Plan(1).After(Row(), Verdict("temporary", ""), Policy).Wait);
        Assert.Equal(TimeSpan.FromSeconds(66), Plan(0.5).After(Row(), Verdict("temporary", ""), Policy).Wait);
    }

    [Theory]
    [InlineData("450 Greylisted, try again in 10 minutes", "00:10:00")]
    [InlineData("451 retry after 120 seconds please", "00:02:00")]
    [InlineData("451 retry in 2 hours", "02:00:00")]
    [InlineData("451 try again in 2 s", "00:01:00")]
    [InlineData("451 we have been here for 999999 hours", "1.00:00:00")]
    [InlineData("451 try again later", "00:01:00")]
    public void A_hint_makes_the_wait_longer_and_never_shorter(string text, string wait) =>
        Assert.Equal(TimeSpan.Parse(wait, null), After(Row(), "temporary", text).Wait);

    [Theory]
    [InlineData("mailbox-full", 23.9, EmailStatus.Deferred)]
    [InlineData("mailbox-full", 24, EmailStatus.Bounced)]
    [InlineData("routing", 3.9, EmailStatus.Deferred)]
    [InlineData("routing", 4, EmailStatus.Bounced)]
    [InlineData("temporary", 71, EmailStatus.Deferred)]
    public void A_full_mailbox_and_a_route_that_is_not_there_bounce_in_the_end(string name, double hours, EmailStatus status)
    {
        var row = Row();
        _clock.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(status, After(row, name, "").Status);
    }

    [Fact]
    public void The_last_wait_ends_when_the_mail_expires()
    {
        var row = Row(maxAge: TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), After(row, "temporary", "").Wait);
    }

    private AttemptEnd After(MailRow row, string name, string text) => Plan(0).After(row, Verdict(name, text), Policy);

    private DeferralPlan Plan(double chance) => new(_clock, () => chance);

    private static SendVerdict Verdict(string name, string text) => new(SendVerdictKind.Deferred, name, text);

    private MailRow Row(int deferrals = 0, TimeSpan? maxAge = null)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new MailRow
        {
            QueuedAt = now, Deferrals = deferrals, ExpiresAt = now + (long)(maxAge ?? TimeSpan.FromDays(30)).TotalMilliseconds,
        };
    }
}
