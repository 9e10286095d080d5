using System.Buffers;
using System.Text;

namespace Jamail.Webhooks;

/// <summary>Reads the beginning of an answer's body. What is longer is not read: the connection is closed instead.</summary>
internal static class ResponseHead
{
    private const int MaxRead = 16 * 1024;
    private const int MaxKept = 4 * 1024;

    /// <returns>The first 4 KiB as text, null when the body is empty; and whether there was more.</returns>
    public static async Task<(string? Text, bool IsTruncated)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(MaxRead);
            try
            {
                var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, MaxRead), MaxRead, throwOnEndOfStream: false, cancellationToken)
                    .ConfigureAwait(false);
                return read == 0 ? (null, false) : (Text(buffer.AsSpan(0, Math.Min(read, MaxKept))), read > MaxKept);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    // PostgreSQL's text cannot hold NUL.
    private static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
}
