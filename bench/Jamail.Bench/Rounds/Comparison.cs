namespace Jamail.Bench;

/// <summary>All rounds of all runs; the side that begins changes from round to round.</summary>
internal sealed class Comparison
{
    private readonly CompareSettings _settings;
    private readonly List<Run> _runs;
    private readonly Dictionary<Measure, Figures> _figures;
    private readonly List<string> _voids = [];

    public Comparison(CompareSettings settings)
    {
        _settings = settings;
        _runs = [.. Runs.All(settings.Quick).Where(run =>
            settings.Only.Count == 0 || run.Measures.Any(measure => settings.Only.Contains(measure.Name)))];
        _figures = _runs.SelectMany(static run => run.Measures).ToDictionary(static m => m, static m => new Figures(m));
    }

    public IReadOnlyList<Figures> Figures => [.. _figures.Values];

    public IReadOnlyList<string> Voids => _voids;

    public async Task RunAsync()
    {
        for (var round = 0; round < _settings.Rounds; round++)
        {
            foreach (var run in _runs)
            {
                await TakeAsync(run, round);
            }
        }
    }

    private async Task TakeAsync(Run run, int round)
    {
        Side[] order = round % 2 == 0 ? [Side.Jamail, Side.BullMq] : [Side.BullMq, Side.Jamail];
        var outcomes = new Dictionary<Side, Outcome>();
        try
        {
            if (run.Spec.Kind == "idle")
            {
                // Nothing competes for the machine, so both sides idle at the same time.
                var both = await Task.WhenAll(order.Select(side => OutcomeAsync(run, side, round)));
                (outcomes[order[0]], outcomes[order[1]]) = (both[0], both[1]);
            }
            else
            {
                foreach (var side in order)
                {
                    outcomes[side] = await OutcomeAsync(run, side, round);
                }
            }
        }
        catch (VoidRunException exception)
        {
            _voids.Add(exception.Message);
            await Console.Error.WriteLineAsync($"VOID {exception.Message}");
            return;
        }

        foreach (var measure in run.Measures)
        {
            _figures[measure].Add(outcomes[Side.Jamail], outcomes[Side.BullMq]);
            await Console.Error.WriteLineAsync(
                $"round {round + 1}: {measure.Name}: {Text.Figure(measure.Value(outcomes[Side.Jamail]))} "
                + $"beside {Text.Figure(measure.Value(outcomes[Side.BullMq]))} {measure.Unit}");
        }
    }

    private static async Task<Outcome> OutcomeAsync(Run run, Side side, int round)
    {
        try
        {
            return await new Round(run, side).TakeAsync();
        }
        catch (Exception exception) when (exception is VoidRunException or InvalidOperationException or TimeoutException)
        {
            throw new VoidRunException($"round {round + 1}, {run.Measures[0].Name}, {side}: {exception.Message}");
        }
    }
}
