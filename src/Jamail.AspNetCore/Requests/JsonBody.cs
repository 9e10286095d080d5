using System.Buffers;
using System.Reflection;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Jamail.AspNetCore;

/// <summary>A JSON body of at most 256 KiB, or what <see cref="BodyRuleAttribute"/> of its type says; read with errors that say what is wrong with it and where.</summary>
internal sealed class JsonBody<T>(T value) : IBindableFromHttpContext<JsonBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private static readonly BodyRuleAttribute Rule = typeof(T).GetCustomAttribute<BodyRuleAttribute>() ?? new BodyRuleAttribute();

    public T Value { get; } = value;

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(await ReadAsync(context).ConfigureAwait(false));

    public static async Task<T> ReadAsync(HttpContext context)
    {
        var bytes = await ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        try
        {
            return JsonInput.Read<T>(bytes.Span);
        }
        catch (ProblemException problem) when (Rule.UsesPointers && problem.Status == StatusCodes.Status422UnprocessableEntity)
        {
            throw ProblemException.Invalid([.. problem.Errors.Select(Pointers.In)]);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
        foreach (var status in (int[])[400, 413, 415, 422])
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(
                status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Rule.Limit)
        {
            throw TooLarge();
        }

        var body = new ArrayBufferWriter<byte>();
        int count;
        do
        {
            count = await request.Body.ReadAsync(body.GetMemory(16 * 1024), cancellationToken).ConfigureAwait(false);
            body.Advance(count);
            if (body.WrittenCount > Rule.Limit)
            {
                throw TooLarge();
            }
        }
        while (count > 0);
        return body.WrittenMemory;
    }

    private static ProblemException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large; nothing of it was stored.",
        [new InputProblem("body", $"It has more than {Rule.Limit} bytes ({Rule.Limit / 1024} KiB).", "Send less, or send a reference instead of the content.")]);
}
