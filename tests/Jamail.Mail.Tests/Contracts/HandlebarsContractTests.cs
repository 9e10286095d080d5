namespace Jamail.Mail.Tests.Contracts;

/// <summary>Handlebars.Net behind its guard.</summary>
public sealed class HandlebarsContractTests(ContractCount count) : EngineContract(
    new HandlebarsEngine(TimeProvider.System),
    $"Handlebars.Net {typeof(HandlebarsDotNet.Handlebars).Assembly.GetName().Version?.ToString(3)}",
    new EngineSources
    {
        Output = "{{x}}",
        Raw = "{{{x}}}",
        Loop = "{{#each order.items}}{{name}}={{price}};{{/each}}",
        Choice = "{{#if coupon}}yes{{else}}no{{/if}}",
        Missing = "{{nam}} {{order.total}} {{customer.address.city}}",
        MissingInLoop = "{{#each order.items}}{{prise}}{{/each}}",
        WholeObject = "{{order}}",
        Values = "{{n}} {{yes}}",
        Unclosed = "a\n{{#if x}}b",
        LoopsInLoops = "{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}x{{/each}}{{/each}}{{/each}}{{/each}}",
        MuchOutput = "{{#each list}}{{@root.text}}{{/each}}",
        Deep = string.Concat(Enumerable.Repeat("{{#if x}}", 10_000)),
        Bombs = ["{{> self}}", "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}"],
        Escapes = ["{{x.Length}}", "{{list.Count}}", "{{x.GetType}}", "{{../x}}", "{{lookup x 'Length'}}"],
    },
    count);
