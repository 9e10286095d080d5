using Jamail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace ReferenceHost.Tests.Snippets;

public interface IOrderStore
{
    Task SaveAsync(Order order, NpgsqlTransaction transaction, CancellationToken cancellationToken);
}

// snippet: add-in-transaction
public sealed class Checkout(NpgsqlDataSource database, IOrderStore orders, IJobTransactions jobs)
{
    public async Task PlaceAsync(Order order, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await orders.SaveAsync(order, transaction, cancellationToken);
        await jobs.AddAsync(transaction, "orders", "pay", order, cancellationToken: cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
// end

// snippet: run-once
internal sealed class PayProcessor(IJobTransactions jobs) : IJobProcessor<Order>
{
    public async Task<JobOutcome> ProcessAsync(Job<Order> job, CancellationToken cancellationToken)
    {
        await jobs.RunOnceAsync(job, "book", async (transaction, token) =>
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "insert into booking (order_id) values (@id)";
            command.Parameters.Add(new NpgsqlParameter("id", job.Payload.Id));
            await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);
        return new JobOutcome.Completed();
    }
}
// end

internal static class TransactionsStartup
{
    public static void Use(WebApplicationBuilder builder)
    {
        // snippet: use-transactions
        builder.Services.AddJamail()
            .UseJobTransactions()
            .Queueing(queueing => queueing.AddQueue("orders").AddProcessor<Order, PayProcessor>("pay"));
        // end
    }
}
