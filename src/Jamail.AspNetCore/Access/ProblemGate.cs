using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jamail.AspNetCore;

/// <summary>Stands before endpoints that are for everybody, and turns what goes wrong into problem+json.</summary>
internal static class ProblemGate
{
    public static void Guard(EndpointBuilder builder, IServiceProvider services)
    {
        if (builder.RequestDelegate is { } next)
        {
            builder.RequestDelegate = context => InvokeAsync(context, next, services);
        }
    }

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next, IServiceProvider services)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var problem = FaultProblems.Describe(fault);
            if (problem.Status == StatusCodes.Status500InternalServerError)
            {
                services.GetRequiredService<ILogger<AccessGate>>()
                    .RequestFailed(fault, context.Request.Method, context.GetEndpoint()?.DisplayName);
            }

            await ProblemWriter.WriteAsync(context, problem).ConfigureAwait(false);
        }
    }
}
