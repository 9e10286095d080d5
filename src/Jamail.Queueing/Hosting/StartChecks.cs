namespace Jamail.Queueing;

/// <summary>Checks that only a running host can make, such as on which addresses it listens. One that throws ends the start.</summary>
internal sealed class StartChecks
{
    private readonly List<Func<CancellationToken, Task>> _checks = [];

    public void Add(Func<CancellationToken, Task> check) => _checks.Add(check);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var check in _checks)
        {
            await check(cancellationToken).ConfigureAwait(false);
        }
    }
}
