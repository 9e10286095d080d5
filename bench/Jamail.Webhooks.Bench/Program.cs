using System.Globalization;
using Jamail.Webhooks.Bench;

return args switch
{
    ["side", var spec] => await JamailSide.RunAsync(SideSpec.FromJson(spec)),
    [] => await Comparison.RunAsync(events: 5000, rounds: 3),
    ["--events", var events, "--rounds", var rounds] => await Comparison.RunAsync(int.Parse(events, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench/webhooks.sh [--events N --rounds N]");
    return 2;
}
