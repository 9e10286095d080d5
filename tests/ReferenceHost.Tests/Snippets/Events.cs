using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace ReferenceHost.Tests.Snippets;

internal interface IPositionStore
{
    Task<string?> ReadAsync(CancellationToken cancellationToken);

    Task WriteAsync(string position, CancellationToken cancellationToken);
}

// snippet: read-events
public sealed class ImageEvents([FromKeyedServices("images")] IJobEvents events)
{
    internal async Task FollowAsync(IPositionStore positions, CancellationToken cancellationToken)
    {
        var after = await positions.ReadAsync(cancellationToken);
        await foreach (var happened in events.ReadAsync(after, cancellationToken))
        {
            switch (happened)
            {
                case JobEvent.Completed done:
                    Console.WriteLine($"{done.Id} is done: {done.ReturnValue}");
                    break;
                case JobEvent.Failed failed:
                    Console.WriteLine($"{failed.Id} failed: {failed.Reason}");
                    break;
                case JobEvent.Gap:
                    Console.WriteLine("Events were trimmed before they were read: look the state up.");
                    break;
            }

            await positions.WriteAsync(happened.Position, cancellationToken);
        }
    }
}
// end

internal sealed class Thumbnails(
    [FromKeyedServices("images")] IJobQueue images, [FromKeyedServices("images")] IJobEvents events)
{
    // snippet: wait-until-finished
    public async Task<int> ResizeNowAsync(string imageId, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        var id = await images.AddAsync("resize", new ResizeRequest(imageId, 800), cancellationToken: cancellationToken);
        var end = await events.WaitUntilFinishedAsync(id, patience.Token);
        return end.Result<int>();
    }
    // end

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        // snippet: publish-event
        await events.PublishAsync("album-ready", new Dictionary<string, string> { ["album"] = "7" }, cancellationToken);
        // end
    }
}
