namespace Jamail.Queueing;

/// <summary>How a child is tied to its parent.</summary>
/// <param name="Key">The parent's key.</param>
/// <param name="Json">The link as the child stores it: the parent's id and queue, and what the child's failure means.</param>
internal sealed record ParentLink(string Key, string Json)
{
    public string DependenciesKey => Key + ":dependencies";
}
