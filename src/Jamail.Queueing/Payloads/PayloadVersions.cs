using System.Reflection;

namespace Jamail.Queueing;

/// <summary>The versions of payload types.</summary>
internal static class PayloadVersions
{
    public static int Of(Type type) => type.GetCustomAttribute<PayloadVersionAttribute>()?.Version ?? 1;
}

/// <summary>Read once for each type.</summary>
internal static class PayloadVersions<TPayload>
{
    public static readonly int Value = PayloadVersions.Of(typeof(TPayload));
}
