using System.Collections.Concurrent;
using Jamail.Queueing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>
/// The last resort where neither the database nor Redis takes what a mail server answered: a file for each mail below the data directory,
/// until the row says it. A file is there whole or not at all.
/// </summary>
internal sealed class ResultJournal(IOptions<JamailHostOptions> host, ILogger<ResultJournal> logger)
{
    private const string Extension = ".json";

    private readonly ConcurrentDictionary<string, byte> _written = new(StringComparer.Ordinal);

    public string Folder { get; } = Path.Combine(host.Value.DataDirectory, "mail-results");

    public void Write(string id, ResultMark mark)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            var temporary = Path.Combine(Folder, $"{id}.tmp");
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(mark.ToBytes());
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, NameOf(id), overwrite: true);
            _written[id] = 0;
            logger.ResultJournalled(id, Folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            logger.JournalFailed(id, Folder, fault);
        }
    }

    /// <summary>What the server answered under a claim; null when there is no file of it here.</summary>
    public ResultMark? Find(string id, string? token) => Read(id) is { } mark && mark.Token == token ? mark : null;

    public ResultMark? Read(string id)
    {
        try
        {
            return File.Exists(NameOf(id)) ? ResultMark.Read(File.ReadAllBytes(NameOf(id))) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The mails of which there is a file.</summary>
    public IReadOnlyList<string> Ids()
    {
        try
        {
            return Directory.Exists(Folder)
                ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(Path.GetFileNameWithoutExtension).OfType<string>()]
                : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            logger.JournalWaits(Folder, fault.Message);
            return [];
        }
    }

    /// <summary>The row says it now. For a mail of this process without a file it costs nothing.</summary>
    public void Forget(string id, bool isOthers = false)
    {
        if (_written.TryRemove(id, out _) || isOthers)
        {
            File.Delete(NameOf(id));
        }
    }

    private string NameOf(string id) => Path.Combine(Folder, id + Extension);
}
