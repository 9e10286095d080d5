using Jamail.Mail.Scriban;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Scriban behind its guard.</summary>
public sealed class ScribanContractTests(ContractCount count) : EngineContract(
    new ScribanEngine(TimeProvider.System),
    $"Scriban {AdapterVersions.Scriban}",
    new EngineSources
    {
        Output = "{{ x }}",
        Raw = "{{ x | raw }}",
        Loop = "{{ for item in order.items }}{{ item.name }}={{ item.price }};{{ end }}",
        Choice = "{{ if coupon }}yes{{ else }}no{{ end }}",
        Missing = "{{ nam }} {{ order.total }} {{ customer.address.city }}",
        MissingInLoop = "{{ for item in order.items }}{{ item.prise }}{{ end }}",
        WholeObject = "{{ order }}",
        Values = "{{ n }} {{ yes }}",
        Unclosed = "a\n{{ if x }}b",
        LoopsInLoops = "{{ for a in list }}{{ for b in list }}{{ for c in list }}{{ for d in list }}x{{ end }}{{ end }}{{ end }}{{ end }}",
        MuchOutput = "{{ for a in list }}{{ text }}{{ end }}",
        Deep = string.Concat(Enumerable.Repeat("{{ if x }}", 10_000)),
        Bombs =
        [
            "{{ y = x; for i in 1..40; y = y + y; end; y }}", "{{ func f; f; end; f }}", "{{ while true }}x{{ end }}", "{{ \"a\" * 2000000000 }}",
            "{{ for i in 1..2000000000 }}x{{ end }}", "{{ x | string.pad_left 2000000000 }}", "{{ x | regex.replace \"(a+)+$\" \"b\" }}",
            "{{ capture y }}{{ x }}{{ end }}{{ y }}", "{{ 1 << 2000000000 }}", "{{ include 'self' }}",
            "{{ x | string.replace \"a\" \"aaaaaaaaaa\" | string.replace \"a\" \"aaaaaaaaaa\" }}",
        ],
        Escapes =
        [
            "{{ object.eval '1+1' }}", "{{ x | object.eval_template }}", "{{ include '../secret' }}", "{{ import x }}", "{{ x.length }}", "{{ list.count }}",
            "{{ this }}", "{{ x = 1 }}",
        ],
    },
    count);
