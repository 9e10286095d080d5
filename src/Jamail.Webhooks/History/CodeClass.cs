using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Status codes by their first digit.</summary>
internal static class CodeClass
{
    /// <returns>The lowest and the highest code; nulls when it does not narrow.</returns>
    /// <exception cref="InvalidInputException">It is not 1 to 5.</exception>
    public static (int? From, int? To) Range(int? digit) => digit is < 1 or > 5
        ? throw new InvalidInputException("code", $"{digit} is not the first digit of a status code.", "Give 1 to 5.")
        : (digit * 100, (digit * 100) + 99);
}
