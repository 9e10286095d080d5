using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Support;

/// <summary>Keeps what it was told, per system.</summary>
internal sealed class RecordingSink(string system) : IMailEventSink
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<MailEvent>> Told = new();

    public static void Clear(string system) => Told[system] = new();

    public static IReadOnlyList<MailEvent> Of(string system) => [.. Told[system]];

    public static void AddTo(MailBuilder mail, string system) =>
        mail.Services.AddSingleton<IMailEventSink>(new RecordingSink(system));

    public Task WriteAsync(MailEvent mailEvent, DbTransaction transaction, CancellationToken cancellationToken)
    {
        Assert.NotNull(transaction.Connection);
        Told.GetOrAdd(system, _ => new()).Enqueue(mailEvent);
        return Task.CompletedTask;
    }
}
