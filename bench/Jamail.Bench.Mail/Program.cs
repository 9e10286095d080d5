using Jamail.Bench.Mail;

return args switch
{
    ["side", var spec] => await MailSide.RunAsync(MailSpec.FromJson(spec)),
    ["compare", ..] when CompareSettings.Parse(args.AsSpan(1)) is { } settings => await new MailComparison(settings).RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Use: compare [--quick | --mails N | --warm N | --rounds N | --durable | --statements | --jamail-only]");
    return 2;
}
