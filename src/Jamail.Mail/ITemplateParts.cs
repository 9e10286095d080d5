using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Layouts and partials. A template takes those of the moment it is published in; later versions do not change it.</summary>
public interface ITemplateParts
{
    /// <summary>Makes a part, or its next version.</summary>
    /// <param name="kind">Layout or partial.</param>
    /// <param name="key">As a template's key.</param>
    /// <param name="html">The HTML's source, at most 256 KiB.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The part.</returns>
    /// <exception cref="InvalidInputException">A rule is broken.</exception>
    Task<TemplatePart> SaveAsync(
        TemplatePartKind kind,
        string key,
        string html,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a part.</summary>
    /// <param name="kind">Layout or partial.</param>
    /// <param name="key">Its key.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The part; <see langword="null"/> when there is none.</returns>
    Task<TemplatePart?> TryGetAsync(
        TemplatePartKind kind,
        string key,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
