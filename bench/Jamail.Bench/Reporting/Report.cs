using System.Globalization;
using System.Text;

namespace Jamail.Bench;

/// <summary>bench/RESULTS.md.</summary>
internal sealed class Report(MachineFacts machine, CompareSettings settings)
{
    private readonly StringBuilder _text = new();

    public string Write(IReadOnlyList<Figures> figures, IReadOnlyList<string> voids, IReadOnlyList<AloneTable> alone)
    {
        Head();
        if (settings.Compare)
        {
            Comparison(figures, voids);
        }

        foreach (var table in alone)
        {
            Alone(table);
        }

        return _text.ToString();
    }

    private void Head()
    {
        Line("# Results");
        Line();
        Line("Written by `bench/compare.sh`; what is measured and how is in [README.md](README.md).");
        Line();
        Line($"- Date: {machine.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        Line($"- Code: {machine.Code}");
        Line($"- Machine: {machine.Processor}; {machine.Memory}; Redis, clients and bench all on it");
        Line($"- Versions: {machine.Versions}");
        Line($"- Other work on the machine in the two seconds before the run: {machine.Busy.ToString("0 %", CultureInfo.InvariantCulture)}");
        Line($"- Run: {(settings.Quick ? "`--quick`, " : "")}{settings.Rounds} round(s)");
        if (settings.Note is not null)
        {
            Line($"- Note: {settings.Note}");
        }
    }

    private void Comparison(IReadOnlyList<Figures> figures, IReadOnlyList<string> voids)
    {
        Line();
        Line("## Jamail beside BullMQ");
        Line();
        Line("Medians of the rounds, least and most beside them. The ratio is turned round for times and costs, so that bigger is better.");
        Line();
        Line("| measure | unit | Jamail | | BullMQ | | ratio | | target | |");
        Line("|---|---|---:|---|---:|---|---:|---|---:|---|");
        foreach (var figure in figures.Where(static figure => figure.Any))
        {
            Line($"| `{figure.Measure.Name}` | {figure.Measure.Unit} "
                + $"| {Text.Figure(figure.Jamail)} | {Text.Spread(figure.JamailSpread)} "
                + $"| {Text.Figure(figure.BullMq)} | {Text.Spread(figure.BullMqSpread)} "
                + $"| **{Text.Figure(figure.Ratio)}** | {Text.Spread(figure.RatioSpread)} "
                + $"| {Text.Figure(figure.Measure.Target)} | {(Math.Round(figure.Ratio, 2) >= figure.Measure.Target ? "met" : "missed")} |");
        }

        Line();
        Line(voids.Count == 0 ? "No round was void." : $"Void rounds, not counted: {voids.Count}.");
        foreach (var reason in voids)
        {
            Line($"- {reason}");
        }
    }

    private void Alone(AloneTable table)
    {
        Line();
        Line($"## {table.Title}");
        Line();
        Line(table.About);
        Line();
        Line($"| {string.Join(" | ", table.Columns)} |");
        Line($"|{string.Concat(table.Columns.Select(static (_, i) => i == 0 ? "---|" : "---:|"))}");
        foreach (var row in table.Rows)
        {
            Line($"| {string.Join(" | ", row)} |");
        }
    }

    private void Line(string line = "") => _text.Append(line).Append('\n');
}
