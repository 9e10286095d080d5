using Jamail.Bench.Mail;

return args switch
{
    ["side", var spec] => await MailSide.RunAsync(MailSpec.FromJson(spec)),
    ["compare"] => await MailComparison.RunAsync(mails: 3_000, rounds: 3),
    ["compare", "--mails", var mails, "--rounds", var rounds] when int.TryParse(mails, out var count) && int.TryParse(rounds, out var times) =>
        await MailComparison.RunAsync(count, times),
    ["compare", "--quick"] => await MailComparison.RunAsync(mails: 1_000, rounds: 1),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Use: compare [--quick | --mails N --rounds N]");
    return 2;
}
