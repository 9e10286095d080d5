using Jamail.Bench;

return args switch
{
    ["side", var spec] => await SideProgram.RunAsync(spec),
    ["compare", .. var rest] => await CompareProgram.RunAsync(CompareSettings.Parse(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(CompareSettings.Usage);
    return 2;
}
