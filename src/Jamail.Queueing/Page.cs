namespace Jamail.Queueing;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The items, in the order of the list.</param>
/// <param name="Next">Give this as the cursor to read the next page; <see langword="null"/> on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
