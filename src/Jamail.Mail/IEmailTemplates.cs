using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The templates in the database. A template is found by its id or by its key.</summary>
public interface IEmailTemplates
{
    /// <summary>Creates a template and publishes it as version 1.</summary>
    /// <param name="draft">What it is made of.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="transaction">The caller's, on the database of Jamail's tables; <see langword="null"/>: one of its own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The template.</returns>
    /// <exception cref="InvalidInputException">A rule is broken or a source does not parse.</exception>
    /// <exception cref="MailException">The key is taken.</exception>
    Task<EmailTemplate> CreateAsync(
        EmailTemplateDraft draft,
        string tenant = JamailHostOptions.DefaultTenant,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a template in its current version.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The template; <see langword="null"/> when there is none, or it is archived.</returns>
    Task<EmailTemplate?> TryGetAsync(
        string idOrKey,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the templates, newest first, a page at a time.</summary>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 200.</param>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">The cursor is none of ours, or the page size is out of its range.</exception>
    Task<Page<EmailTemplate>> ListAsync(
        string? cursor = null,
        int pageSize = 50,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Makes a new version and publishes it. Mails already accepted keep the version they were made with.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="draft">The whole new content.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="transaction">The caller's, on the database of Jamail's tables; <see langword="null"/>: one of its own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The template.</returns>
    /// <exception cref="InvalidInputException">A rule is broken or a source does not parse.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<EmailTemplate> UpdateAsync(
        string idOrKey,
        EmailTemplateDraft draft,
        string tenant = JamailHostOptions.DefaultTenant,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);

    /// <summary>Archives a template: it is no longer listed and can no longer be sent. Mails already accepted go out.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="transaction">The caller's, on the database of Jamail's tables; <see langword="null"/>: one of its own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there is no such template.</returns>
    Task<bool> ArchiveAsync(
        string idOrKey,
        string tenant = JamailHostOptions.DefaultTenant,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);

    /// <summary>Renders a template without sending anything.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="variables">What its placeholders stand for: a JSON object; <see langword="null"/> for none.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <returns>What a recipient would see.</returns>
    /// <exception cref="InvalidInputException">Variables are missing: all of them are named.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<RenderedEmail> PreviewAsync(
        string idOrKey,
        JsonElement? variables = null,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Renders a version in a language without sending anything.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="preview">What to render.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <returns>What a recipient would see.</returns>
    /// <exception cref="InvalidInputException">Variables are missing, or there is no such published version.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<RenderedEmail> PreviewAsync(
        string idOrKey, TemplatePreview preview, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Makes a version that nobody gets until it is published.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="draft">The whole content; name and category are not changed by it.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="InvalidInputException">A rule is broken or a source does not parse.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<EmailTemplateVersion> CreateDraftAsync(
        string idOrKey, EmailTemplateDraft draft, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Makes a version the current one: a draft, which never changes from then on, or an older version (roll back).</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="version">Which version.</param>
    /// <param name="expectedVersion">The current version the caller saw; <see langword="null"/>: whichever.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The template.</returns>
    /// <exception cref="InvalidInputException">There is no such version, or a layout or partial it names is gone.</exception>
    /// <exception cref="MailException">There is no such template, or another version is current by now.</exception>
    Task<EmailTemplate> PublishAsync(
        string idOrKey,
        int version,
        int? expectedVersion = null,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Lists the versions of a template, newest first, without their contents.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<IReadOnlyList<EmailTemplateVersion>> ListVersionsAsync(
        string idOrKey, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Reads a version in all its languages.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="version">Which version.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The version; <see langword="null"/> when there is none.</returns>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<EmailTemplateVersion?> TryGetVersionAsync(
        string idOrKey, int version, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Compares two versions.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="first">One version.</param>
    /// <param name="second">The other one.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Where they differ; empty when nowhere.</returns>
    /// <exception cref="InvalidInputException">There is no such version.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<IReadOnlyList<TemplateDifference>> DiffAsync(
        string idOrKey,
        int first,
        int second,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Looks for errors, and for what its author may not mean. Stores nothing.</summary>
    /// <param name="draft">The template.</param>
    /// <param name="tenant">Whose layouts and partials it may use.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was found.</returns>
    Task<TemplateReport> ValidateAsync(
        EmailTemplateDraft draft, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Looks for the same in a version, published or not, with the layouts and partials of this moment. Stores nothing.</summary>
    /// <param name="idOrKey">Its id or key.</param>
    /// <param name="version">Which version; <see langword="null"/>: the current one.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InvalidInputException">There is no such version.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    Task<TemplateReport> ValidateAsync(
        string idOrKey, int? version, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);
}
