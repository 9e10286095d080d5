namespace Jamail.Webhooks.Tests;

public sealed class DeliveryVerdictsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RetrySchedule Own = new([TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)]);

    [Theory]
    [InlineData(500, 5)]
    [InlineData(503, 60)]
    [InlineData(429, 60)]
    [InlineData(502, 60)]
    [InlineData(504, 60)]
    [InlineData(404, 600)]
    [InlineData(401, 600)]
    [InlineData(422, 600)]
    [InlineData(301, 5)]
    [InlineData(408, 5)]
    public void What_cannot_be_mended_in_a_moment_is_not_tried_again_in_a_moment(int status, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Wait(new DeliveryAnswer { StatusCode = status }, Own));

    public static TheoryData<int, string, bool?> Codes
    {
        get
        {
            var codes = new TheoryData<int, string, bool?>();
            foreach (var code in (int[])[200, 201, 202, 204, 299])
            {
                codes.Add(code, nameof(DeliveryVerdict.Succeeded), true);
            }

            codes.Add(410, nameof(DeliveryVerdict.Gone), null);
            foreach (var code in (int[])[
                301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 415, 418, 422, 425, 429, 500, 501, 502, 503, 504, 505, 599])
            {
                codes.Add(code, nameof(DeliveryVerdict.Retry), false);
            }

            return codes;
        }
    }

    [Theory, MemberData(nameof(Codes))]
    public void Every_status_code_has_its_meaning_and_its_charge(int status, string verdict, bool? charge) =>
        AssertVerdict(new DeliveryAnswer { StatusCode = status }, verdict, charge);

    [Fact]
    public void Every_fault_has_its_meaning_and_only_the_receivers_own_are_its_failure() =>
        Assert.All(Enum.GetValues<DeliveryFault>().Where(fault => fault != DeliveryFault.None), fault =>
        {
            var isOurs = fault is DeliveryFault.BlockedAddress or DeliveryFault.BadUrl;
            AssertVerdict(
                new DeliveryAnswer { Fault = fault },
                isOurs ? nameof(DeliveryVerdict.GiveUp) : nameof(DeliveryVerdict.Retry),
                isOurs || fault == DeliveryFault.Stopped ? null : false);
        });

    [Theory]
    [InlineData(200, "Succeeded", true)]
    [InlineData(410, "Gone", null)]
    [InlineData(301, "Unwanted", null)]
    [InlineData(404, "Unwanted", null)]
    [InlineData(500, "Unwanted", null)]
    public void A_wish_of_the_receiver_ends_what_would_be_tried_again(int status, string verdict, bool? charge)
    {
        AssertVerdict(new DeliveryAnswer { StatusCode = status, Wish = ReceiverWish.AbortMessage }, verdict, charge);
        AssertVerdict(new DeliveryAnswer { StatusCode = status, Wish = ReceiverWish.Disable }, verdict, charge);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(404)]
    [InlineData(500)]
    public void The_schedule_that_others_rely_on_stays_as_it_is(int status) =>
        Assert.Equal(
            TimeSpan.FromMinutes(1),
            DeliveryVerdicts.Wait(new DeliveryAnswer { StatusCode = status }, TimeSpan.FromMinutes(1), RetrySchedule.Compat, Now));

    [Theory]
    [InlineData(3600, 3600)]
    [InlineData(2, 5)]
    [InlineData(-100, 5)]
    [InlineData(1_000_000, 86_400)]
    public void Advice_of_the_receiver_lengthens_the_wait_up_to_a_day(int advised, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            Wait(new DeliveryAnswer { StatusCode = 500, RetryAfter = Now.AddSeconds(advised) }, Own));

    [Fact]
    public void The_standard_schedule_takes_about_three_days_and_is_the_same_on_every_host()
    {
        var id = Guid.CreateVersion7().ToString();

        var waits = RetrySchedule.Standard.After(0, id);

        Assert.Equal(9, waits.Count);
        Assert.InRange(waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait), TimeSpan.FromHours(60), TimeSpan.FromHours(91));
        Assert.All(waits.Zip(RetrySchedule.Standard.Waits), pair =>
            Assert.InRange(pair.First, pair.Second * 0.799, pair.Second * 1.201));
        Assert.Equal(waits[3], RetrySchedule.Standard.Wait(id, 4, 10));
        Assert.Equal(waits.Skip(2), RetrySchedule.Standard.After(2, id));
        Assert.NotEqual(waits, RetrySchedule.Standard.After(0, Guid.NewGuid().ToString()));
    }

    [Theory]
    [InlineData("compat", 3)]
    [InlineData(" Standard ", 9)]
    [InlineData("svix-like", 7)]
    [InlineData("00:00:30, 01:00:00,2.00:00:00", 3)]
    public void Schedules_are_read_by_name_or_as_a_list(string text, int waits)
    {
        Assert.True(RetrySchedules.TryParse(text, out var schedule));
        Assert.Equal(waits, schedule.Waits.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("00:01:00,")]
    [InlineData("8.00:00:00")]
    [InlineData("-00:01:00")]
    public void What_is_no_schedule_is_refused(string text) => Assert.False(RetrySchedules.TryParse(text, out _));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(23, 0)]
    [InlineData(24, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 2)]
    [InlineData(108, 3)]
    [InlineData(119, 3)]
    [InlineData(120, 4)]
    public void An_endpoint_is_spoken_about_after_a_day_half_nine_tenths_and_the_end(int hours, int step) =>
        Assert.Equal(step, new AlertLadder(TimeSpan.FromDays(5)).StepAt(TimeSpan.FromHours(hours)));

    private static void AssertVerdict(DeliveryAnswer answer, string verdict, bool? charge)
    {
        var given = DeliveryVerdicts.Of(answer);
        Assert.Equal((verdict, charge), (given.ToString(), DeliveryVerdicts.Charge(answer, given)));
    }

    private static TimeSpan Wait(DeliveryAnswer answer, RetrySchedule schedule) =>
        DeliveryVerdicts.Wait(answer, schedule.Waits[0], schedule, Now);
}
