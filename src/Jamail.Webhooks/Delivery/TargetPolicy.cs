using System.Net.Sockets;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Which URLs are called: told early when an endpoint is stored, and again, which counts, at every connection.</summary>
internal sealed class TargetPolicy(IOptions<WebhooksOptions> options, AddressGuard guard)
{
    private const int MaxLength = 2048;

    private readonly bool? _allowHttp = options.Value.AllowHttp;
    private readonly PortRanges _ports = new(options.Value.AllowedPorts);

    /// <summary>What is wrong with the text of a URL; null when nothing is.</summary>
    public InputProblem? Check(string? text, out Uri url)
    {
        url = null!; // Only read when there is no problem.
        if (string.IsNullOrWhiteSpace(text))
        {
            return Problem("No URL is given.", "Give the https URL that receives the events.");
        }

        if (text.Length > MaxLength)
        {
            return Problem($"The URL has {text.Length} characters, and at most {MaxLength} are allowed.", "Shorten it.");
        }

        if (text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
            || !Uri.TryCreate(text, UriKind.Absolute, out var parsed)
            || parsed.Scheme is not ("http" or "https"))
        {
            return Problem(
                $"'{text}' is not an absolute http or https URL.", "Give it in full, as in https://hooks.example.com/in.");
        }

        url = parsed;
        return CheckParts(parsed);
    }

    /// <summary>What is wrong with where a URL leads now; null when nothing is, or when its name cannot be looked up now.</summary>
    public async Task<InputProblem?> CheckHostAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            await AdmitAsync(url, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AddressDeniedException denied)
        {
            return Problem(denied.Message, "Give the URL of a public host.");
        }
        catch (TargetRefusedException refused)
        {
            return Problem(refused.Message, "Give an https URL.");
        }
        catch (SocketException) when (_allowHttp is null && url.Scheme == Uri.UriSchemeHttp)
        {
            return Problem(HttpRefusal(url), "Give an https URL.");
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Looks up where a request for this URL may connect to.</summary>
    /// <exception cref="AddressDeniedException">The host may not be called.</exception>
    /// <exception cref="TargetRefusedException">The URL may not be called.</exception>
    /// <exception cref="SocketException">The name does not resolve.</exception>
    public async Task<GuardedHost> AdmitAsync(Uri url, CancellationToken cancellationToken)
    {
        if (CheckParts(url) is { } problem)
        {
            throw new TargetRefusedException(problem.Rule);
        }

        var host = await guard.ResolveAsync(url.IdnHost.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
        return url.Scheme == Uri.UriSchemeHttp && !(_allowHttp ?? host.IsAllowedByOwner)
            ? throw new TargetRefusedException(HttpRefusal(url))
            : host;
    }

    private static string HttpRefusal(Uri url) =>
        $"The URL is http, which sends the event to '{url.IdnHost}' unencrypted; the owner of this service can allow it with AllowHttp.";

    private InputProblem? CheckParts(Uri url)
    {
        if (url.UserInfo.Length > 0)
        {
            return Problem("The URL carries a user name or password.", "Leave out what stands before '@' in the host.");
        }

        if (url.Fragment.Length > 0)
        {
            return Problem("The URL carries a fragment, which is never sent.", "Leave out '#' and what follows.");
        }

        if (url.IdnHost.Length == 0)
        {
            return Problem("The URL has no host.", "Give one, as in https://hooks.example.com/in.");
        }

        return _ports.Contains(url.Port)
            ? _allowHttp == false && url.Scheme == Uri.UriSchemeHttp ? Problem(HttpRefusal(url), "Give an https URL.") : null
            : Problem($"Port {url.Port} may not be called.", $"Use one of {_ports}.");
    }

    private static InputProblem Problem(string rule, string fix) => new("url", rule, fix);
}
