using Jamail.Webhooks.Bench;

return args switch
{
    ["side", var spec] => await JamailSide.RunAsync(SideSpec.FromJson(spec)),
    [] => await Results.WriteAsync(events: 4_000, rounds: 3),
    ["--quick"] => await CompareAsync(new Comparison(events: 1_000, rounds: 1)),
    ["--no-results"] => await CompareAsync(new Comparison(events: 4_000, rounds: 3)),
    ["--alone"] => await Comparison.AloneAsync(events: 4_000, rounds: 4, hosts: 1, spans: false),
    ["--alone", "spans"] => await Comparison.AloneAsync(events: 4_000, rounds: 4, hosts: 1, spans: true),
    ["--alone", "two"] => await Comparison.AloneAsync(events: 4_000, rounds: 4, hosts: 2, spans: false),
    _ => Usage(),
};

static async Task<int> CompareAsync(Comparison comparison)
{
    await comparison.RunAsync();
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("bench/webhooks.sh [--quick | --no-results | --alone [spans | two]]");
    return 2;
}
