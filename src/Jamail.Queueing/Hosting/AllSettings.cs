using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>
/// Validates all settings of the host before its first service is made, so that a host with several faults names them all
/// and not the one that the first service met.
/// </summary>
internal static class AllSettings
{
    public static void Validate(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (AggregateException faults) when (faults.InnerExceptions.All(fault => fault is OptionsValidationException))
        {
            throw new OptionsValidationException(
                "Jamail",
                typeof(JamailHostOptions),
                faults.InnerExceptions.Cast<OptionsValidationException>().SelectMany(fault => fault.Failures).Distinct());
        }
    }
}
