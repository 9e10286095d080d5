using Jamail.Mail.Tests.Sending;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>What every transport keeps. A point that holds for one only is a property here.</summary>
public abstract class TransportContract : IClassFixture<ContractCount>
{
    /// <param name="suite">Which part of the contract.</param>
    /// <param name="implementation">The library and its version.</param>
    /// <param name="count">Counts the cases.</param>
    private protected TransportContract(string suite, string implementation, ContractCount count) => count.Add(suite, implementation);


    /// <summary>Whether a server that refuses EHLO is greeted with HELO, whatever its reply was.</summary>
    protected virtual bool GreetsAgain => false;

    /// <summary>Whether a connection that the server closed behind the content is noticed before the dot; else it is in doubt.</summary>
    protected virtual bool SeesCloseBeforeDot => true;

    private protected abstract IEmailTransport Create(SmtpOptions options, Jamail.Shared.AddressGuard guard, TimeProvider clock);

    private protected TransportUnderTest TransportTo(SmtpSink sink, Action<SmtpOptions>? configure = null, TimeProvider? clock = null) =>
        new(Create(SmtpTesting.OptionsFor(sink, configure), SmtpTesting.Guard("127.0.0.0/8"), clock ?? TimeProvider.System));

    /// <summary>A transport that the test disposes of.</summary>
    private protected sealed class TransportUnderTest(IEmailTransport transport) : IEmailTransport, IAsyncDisposable
    {
        public string Name => transport.Name;

        public Task<TransportLease> OpenAsync(CancellationToken cancellationToken) => transport.OpenAsync(cancellationToken);

        public ValueTask DisposeAsync() => ((IAsyncDisposable)transport).DisposeAsync();
    }
}
