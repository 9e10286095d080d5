using System.Text.Json;
using Jamail.Mail.Tests.Support;

// The tests start this assembly as a program of its own to kill it: a worker of the mail system that its argument describes.
var settings = JsonSerializer.Deserialize<Dictionary<string, string?>>(args[0])!;
using var host = await MailHost.StartBareAsync(settings);
Console.WriteLine("""{"type":"ready"}""");
await Task.Delay(Timeout.Infinite);
