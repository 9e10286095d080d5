using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Adds the e-mail pipeline to a host.</summary>
public static class MailServiceCollectionExtensions
{
    /// <summary>
    /// Adds templates, mailer, send log and the worker of queue <c>email-sending</c>; reads section <c>Jamail:Mail</c>.
    /// Calling it twice changes nothing.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>Chooses parts of the pipeline.</returns>
    public static MailBuilder AddJamailMail(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(Mailer)))
        {
            return new MailBuilder(services);
        }

        var queueing = services.AddJamailQueueing();
        AddOptions(services);
        services.AddJamailDatabase(new DatabasePackage("mail", "Jamail.Mail.Database", typeof(MailSql)));
        AddTemplates(services);
        AddProducer(services);
        AddSending(services);
        services.AddHealthChecks().AddCheck<MailHealthCheck>("jamail-mail", tags: ["jamail", "ready"]);
        services.AddOptions<JobWorkerOptions>(MailOptions.QueueName)
            .Configure<IOptions<MailOptions>>((worker, mail) => worker.Concurrency = mail.Value.Concurrency);
        queueing.AddQueue(MailOptions.QueueName)
            .BeforeWork((provider, token) => provider.GetRequiredService<QueueOwner>().EnsureAsync(token))
            .AddProcessor<RawJson, EmailProcessor>(MailJobs.Name)
            .AddProcessor<RawJson, EmailProcessor>(MailJobs.ReferenceName);
        return new MailBuilder(services);
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<MailOptions>()
            .Configure<IServiceProvider>((options, provider) =>
                provider.GetService<IConfiguration>()?.GetSection("Jamail:Mail").Bind(options))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailOptionsRules>(
            provider => new MailOptionsRules(HostAsSet.Read(provider))));
        services.TryAddSingleton(provider => OutboxTimes(
            provider.GetRequiredService<IOptions<MailOptions>>().Value,
            provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>().Get(MailOptions.QueueName)));
    }

    private static void AddTemplates(IServiceCollection services)
    {
        services.TryAddSingleton<TemplateEngines>();
        services.TryAddSingleton<TemplateRenderer>();
        services.TryAddSingleton<TemplatePartStore>();
        services.TryAddSingleton<ITemplateParts>(provider => provider.GetRequiredService<TemplatePartStore>());
        services.TryAddSingleton<TemplateBuilder>();
        services.TryAddSingleton<TemplateReports>();
        services.TryAddSingleton<TemplateWrites>();
        services.TryAddSingleton<TemplateVersions>();
        services.TryAddSingleton<TemplateStore>();
        services.AddHostedService<TypedTemplateCheck>();
        services.TryAddSingleton<IEmailTemplates>(provider => provider.GetRequiredService<TemplateStore>());
    }

    private static void AddProducer(IServiceCollection services)
    {
        services.TryAddSingleton<MailAddressHash>();
        services.TryAddSingleton<MailEvents>();
        services.TryAddSingleton<MailAudit>();
        services.TryAddSingleton<IMailAudit>(provider => provider.GetRequiredService<MailAudit>());
        services.TryAddSingleton<MailRows>();
        services.TryAddSingleton<MailJobs>();
        services.TryAddSingleton<EmailCategories>();
        services.TryAddSingleton<IEmailCategories>(provider => provider.GetRequiredService<EmailCategories>());
        services.TryAddSingleton<SuppressionMetrics>();
        services.TryAddSingleton<SuppressionList>();
        services.TryAddSingleton<Erasure>();
        services.TryAddSingleton<ContentRetention>();
        services.TryAddSingleton<ISuppressions, Suppressions>();
        services.TryAddSingleton<UnsubscribeTokens>();
        services.TryAddSingleton<Unsubscriptions>();
        services.TryAddSingleton<IUnsubscriptions>(provider => provider.GetRequiredService<Unsubscriptions>());
        services.TryAddSingleton<VerpAddresses>();
        services.TryAddSingleton<IMailReports, MailReports>();
        services.TryAddSingleton<MailChecks>();
        services.TryAddSingleton<SenderRules>();
        services.TryAddSingleton<MailDrafting>();
        services.TryAddSingleton<MailResends>();
        services.TryAddSingleton<BulkFeed>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<BulkFeed>());
        services.TryAddSingleton<MailStores>();
        services.TryAddSingleton<MailAcceptance>();
        services.TryAddSingleton<MailBatches>();
        services.TryAddSingleton<MailSteering>();
        services.TryAddSingleton<BatchSteering>();
        services.TryAddSingleton<ScheduleWatch>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ScheduleWatch>());
        services.TryAddSingleton<IdempotencyKeys>();
        services.TryAddSingleton<SendLogDetails>();
        services.TryAddSingleton<ISendLog, SendLog>();
        services.TryAddSingleton<IOutboxStore<MailJobRow>, MailOutboxStore>();
        services.TryAddSingleton(provider => new QueueOwner(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IJobQueues>().Inspect(MailOptions.QueueName)));
        services.TryAddSingleton(provider => new Outbox<MailJobRow>(
            provider.GetRequiredService<IOutboxStore<MailJobRow>>(),
            provider.GetRequiredService<IJobQueues>().Get(MailOptions.QueueName),
            provider.GetRequiredService<QueueOwner>(),
            provider.GetRequiredService<OutboxSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            DatabaseRegistration.Logger(provider)));
        services.TryAddSingleton<Mailer>();
        services.TryAddSingleton<IMailer>(provider => provider.GetRequiredService<Mailer>());
        services.AddSingleton<IHostedService>(CreateSweeper);
    }

    private static void AddSending(IServiceCollection services)
    {
        services.AddMailSending();
        services.TryAddSingleton<AttemptWriter>();
        services.TryAddSingleton<MailContents>();
        services.TryAddSingleton<MailClaims>();
        services.TryAddSingleton<ResultMarks>();
        services.TryAddSingleton<ResultJournal>();
        services.AddHostedService<JournalReplay>();
        services.TryAddSingleton<AttemptEnds>();
        services.TryAddSingleton<ExpiredClaims>();
        services.TryAddSingleton<IUncertainEmails, UncertainEmails>();
        services.TryAddSingleton(provider => new DeferralPlan(provider.GetRequiredService<TimeProvider>(), Random.Shared.NextDouble));
        services.TryAddSingleton<LiveClaims>();
        services.TryAddSingleton<MailIntake>();
        services.TryAddSingleton<EmailAttempt>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LiveClaims>());
    }

    private static OutboxSweeper<MailJobRow> CreateSweeper(IServiceProvider provider)
    {
        var rows = provider.GetRequiredService<IOutboxStore<MailJobRow>>();
        var inspector = provider.GetRequiredService<IJobQueues>().Inspect(MailOptions.QueueName);
        var settings = provider.GetRequiredService<OutboxSettings>();
        var clock = provider.GetRequiredService<TimeProvider>();
        var logger = DatabaseRegistration.Logger(provider);
        return new OutboxSweeper<MailJobRow>(
            provider.GetRequiredService<Outbox<MailJobRow>>(),
            new OverdueRows<MailJobRow>(rows, inspector, settings, clock, logger),
            settings.OthersWork ? new FinishedElsewhere<MailJobRow>(rows, inspector, clock) : null,
            rows,
            provider.GetRequiredService<CommitSignal>(),
            settings,
            inspector.Name,
            clock,
            logger);
    }

    private static OutboxSettings OutboxTimes(MailOptions mail, JobWorkerOptions worker) => new(
        MailJobs.IdPrefix,
        mail.SweepInterval,
        TimeSpan.FromSeconds(5),
        worker.LockDuration + (2 * worker.StalledInterval),
        mail.NodeWorkers);
}
