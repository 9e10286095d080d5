using System.Globalization;
using System.Text;

namespace Jamail.Mail;

/// <summary>The dev inbox as a folder of <c>.eml</c> files. A file is there whole or not at all.</summary>
internal sealed class DevInbox(string folder, TimeProvider clock) : IDevInbox
{
    private const string Extension = ".eml";
    private const int LongestHead = 64 * 1024;

    private int _counter;

    public bool IsOn { get; init; } = true;

    public string Folder => folder;

    /// <summary>Keeps a message.</summary>
    /// <param name="mail">The message.</param>
    /// <param name="mayFinish">Asked when all is on disk but the name.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>The id; null when it may not be finished.</returns>
    public async Task<string?> KeepAsync(ComposedEmail mail, Func<bool> mayFinish, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var id = string.Create(CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}-{Interlocked.Increment(ref _counter):x8}-{Guid.NewGuid():n}");
        var temporary = Path.Combine(folder, id + ".tmp");
        try
        {
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes($"Return-Path: <{mail.EnvelopeFrom}>\r\nDelivered-To: {mail.EnvelopeTo}\r\n"), cancellationToken)
                    .ConfigureAwait(false);
                await file.WriteAsync(mail.Content, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            if (!mayFinish())
            {
                return null;
            }

            File.Move(temporary, Path.Combine(folder, id + Extension));
            return id;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<IReadOnlyList<DevInboxMessage>> ListAsync(
        int limit = 50, string? before = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var ids = Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Where(id => before is null || string.CompareOrdinal(id, before) < 0)
            .OrderDescending(StringComparer.Ordinal)
            .Take(limit)
            .ToArray();
        var messages = new List<DevInboxMessage>(ids.Length);
        foreach (var id in ids)
        {
            if (await DescribeAsync(id, cancellationToken).ConfigureAwait(false) is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    public async Task<byte[]?> TryReadAsync(string id, CancellationToken cancellationToken = default)
    {
        // An id comes from outside: it must not lead to another folder.
        if (id.Length is 0 or > 100 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return null;
        }

        try
        {
            return await File.ReadAllBytesAsync(Path.Combine(folder, id + Extension), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task<int> ClearAsync(CancellationToken cancellationToken = default)
    {
        var removed = 0;
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Extension) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Delete(file);
            removed++;
        }

        return Task.FromResult(removed);
    }

    private async Task<DevInboxMessage?> DescribeAsync(string id, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, id + Extension);
        try
        {
            var info = new FileInfo(path);
            var file = info.Open(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            await using (file.ConfigureAwait(false))
            {
                var head = new byte[(int)Math.Min(info.Length, LongestHead)];
                var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                var headers = MimeHeaderReader.Read(head.AsSpan(0, read));
                return new DevInboxMessage(
                    id,
                    new DateTimeOffset(DateTime.SpecifyKind(info.LastWriteTimeUtc, DateTimeKind.Utc)),
                    headers.GetValueOrDefault("Return-Path", "").Trim('<', '>'),
                    headers.GetValueOrDefault("Delivered-To", ""),
                    headers.GetValueOrDefault("Subject", ""),
                    headers.GetValueOrDefault("Message-ID", "").Trim('<', '>'),
                    info.Length);
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
