using System.Diagnostics;

namespace Jamail.TestSupport;

/// <summary>
/// Waits for a state of a real server that gives no signal. The bound is generous: it only limits how long a failing test runs.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultBound = TimeSpan.FromSeconds(60);

    public static Task True(Func<bool> condition, string expectation, TimeSpan? within = null) =>
        True(() => Task.FromResult(condition()), expectation, within);

    public static async Task True(Func<Task<bool>> condition, string expectation, TimeSpan? within = null) =>
        await Satisfies(condition, met => met, expectation, within);

    public static Task<T> Equal<T>(T expected, Func<T> actual, string what, TimeSpan? within = null) =>
        Equal(expected, () => Task.FromResult(actual()), what, within);

    public static Task<T> Equal<T>(T expected, Func<Task<T>> actual, string what, TimeSpan? within = null) =>
        Satisfies(actual, value => EqualityComparer<T>.Default.Equals(value, expected), $"{what} to be {expected}", within);

    /// <summary>Reads a value until it satisfies the condition, and returns it.</summary>
    public static async Task<T> Satisfies<T>(
        Func<Task<T>> read, Func<T, bool> condition, string expectation, TimeSpan? within = null)
    {
        var bound = within ?? DefaultBound;
        var watch = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(2);
        Exception? fault = null;
        object? last = null;
        while (true)
        {
            try
            {
                var value = await read();
                (last, fault) = (value, null);
                if (condition(value))
                {
                    return value;
                }
            }
            catch (Exception exception) when (watch.Elapsed < bound)
            {
                fault = exception;
            }

            if (watch.Elapsed >= bound)
            {
                throw new TimeoutException(
                    $"Expected {expectation} within {bound.TotalSeconds:0.#} s; last seen: {Describe(last, fault)}.", fault);
            }

            await Task.Delay(pause);
            pause = TimeSpan.FromMilliseconds(Math.Min(50, pause.TotalMilliseconds * 1.5));
        }
    }

    private static string Describe(object? last, Exception? fault) =>
        fault is null ? last?.ToString() ?? "null" : $"{fault.GetType().Name}: {fault.Message}";
}
