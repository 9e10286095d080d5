namespace Jamail.Bench;

/// <summary>How fast Redis can be for the same work, and how much of that Jamail reaches.</summary>
internal static class Limit
{
    private const int Jobs = PipelinedJobs.Jobs;
    private const int Rounds = 3;

    private enum Way
    {
        Commands,
        Scripts,
        Jamail,
    }

    public static async Task<AloneTable> TakeAsync()
    {
        var figures = new Dictionary<Way, WorkFigure[]>();
        foreach (var way in Enum.GetValues<Way>())
        {
            figures[way] = new WorkFigure[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                figures[way][round] = way == Way.Jamail ? await OfJamailAsync() : await PipelinedJobs.TakeAsync(isPlain: way == Way.Commands);
            }

            await Console.Error.WriteLineAsync(
                $"limit, {way}: adds {Text.Figure(AddRate(way))}, processes {Text.Figure(ProcessRate(way))} jobs/s");
        }

        double AddRate(Way way) => figures[way].Select(static figure => figure.AddRate).Median();
        double ProcessRate(Way way) => figures[way].Select(static figure => figure.ProcessRate).Median();
        string[] Row(string what, Way way) =>
        [
            what,
            Text.Figure(AddRate(way)), Text.Figure(figures[way].Select(static figure => figure.AddMicros).Median()),
            Share(AddRate(Way.Jamail), AddRate(way)),
            Text.Figure(ProcessRate(way)), Text.Figure(figures[way].Select(static figure => figure.ProcessMicros).Median()),
            Share(ProcessRate(Way.Jamail), ProcessRate(way)),
        ];
        return new AloneTable(
            "The limit",
            $"{Text.Figure(Jobs)} jobs in groups of {PipelinedJobs.Group}, {PipelineClient.Depth} groups under way: the Redis commands of the group scripts sent "
            + "pipelined without Lua, then the group scripts, both by a client that does nothing else; then Jamail itself (50 callers; "
            + "concurrency 50). Micros are Redis's CPU per job; the share is Jamail's rate over that of the row. Medians of 3.",
            ["", "adds/s", "µs", "our share", "processes/s", "µs", "our share"],
            [
                Row("commands without Lua", Way.Commands), Row("group scripts, do-nothing client", Way.Scripts), Row("Jamail", Way.Jamail),
            ]);
    }

    private static string Share(double ours, double limit) => Text.Figure(ours / limit);

    private static async Task<WorkFigure> OfJamailAsync()
    {
        var run = Runs.All(quick: false)[0];
        var outcome = await new Round(run with { Spec = run.Spec with { Count = Jobs } }, Side.Jamail).TakeAsync();
        return new WorkFigure(
            outcome.Jobs / outcome.AddSeconds, outcome.RedisCpuMicrosOfAdding / outcome.Jobs, outcome.ProcessRate,
            (outcome.RedisCpuMicros - outcome.RedisCpuMicrosOfAdding) / outcome.Jobs);
    }
}
