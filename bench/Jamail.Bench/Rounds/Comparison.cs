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
        foreach (var side in order)
        {
            try
            {
                outcomes[side] = await new Round(run, side).TakeAsync();
            }
            catch (Exception exception) when (exception is VoidRunException or InvalidOperationException)
            {
                var reason = $"round {round + 1}, {run.Measures[0].Name}, {side}: {exception.Message}";
                _voids.Add(reason);
                await Console.Error.WriteLineAsync($"VOID {reason}");
                return;
            }
        }

        foreach (var measure in run.Measures)
        {
            _figures[measure].Add(outcomes[Side.Jamail], outcomes[Side.BullMq]);
            await Console.Error.WriteLineAsync(
                $"round {round + 1}: {measure.Name}: {Text.Figure(measure.Value(outcomes[Side.Jamail]))} "
                + $"beside {Text.Figure(measure.Value(outcomes[Side.BullMq]))} {measure.Unit}");
        }
    }
}
