using Xunit.Abstractions;
using Xunit.Sdk;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Says at the end of a suite what it ran on, and how often.</summary>
public sealed class ContractCount(IMessageSink messages) : IDisposable
{
    private string _implementation = "";
    private string _suite = "";
    private int _count;

    public void Add(string suite, string implementation)
    {
        (_suite, _implementation) = (suite, implementation);
        Interlocked.Increment(ref _count);
    }

    public void Dispose() => messages.OnMessage(new DiagnosticMessage("Contract {0} on {1}: {2} cases", _suite, _implementation, _count));
}
