namespace Jamail.Mail;

/// <summary>What rendering gave: a text, or why there is none.</summary>
/// <param name="Text">The text; <see langword="null"/> when paths are unknown or a limit was reached.</param>
/// <param name="UnknownPaths">Every variable the template needs and the data lacks, in full, as in <c>order.items[].price</c>.</param>
/// <param name="Failure">Which limit was reached, or why the engine failed; <see langword="null"/> when neither.</param>
public sealed record TemplateRendering(string? Text, IReadOnlyList<string> UnknownPaths, string? Failure = null);
