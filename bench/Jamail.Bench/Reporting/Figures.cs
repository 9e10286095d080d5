namespace Jamail.Bench;

/// <summary>All rounds of one measure. A round counts when both sides of it are valid.</summary>
internal sealed class Figures(Measure measure)
{
    private readonly List<(double Jamail, double BullMq)> _rounds = [];

    public Measure Measure { get; } = measure;

    public bool Any => _rounds.Count > 0;

    public int Count => _rounds.Count;

    public double Jamail => _rounds.Select(static round => round.Jamail).Median();

    public double BullMq => _rounds.Select(static round => round.BullMq).Median();

    public double Ratio => Measure.Ratio(Jamail, BullMq);

    public (double Least, double Most) JamailSpread => Spread(static round => round.Jamail);

    public (double Least, double Most) BullMqSpread => Spread(static round => round.BullMq);

    public (double Least, double Most) RatioSpread => Spread(round => Measure.Ratio(round.Jamail, round.BullMq));

    public void Add(Outcome jamail, Outcome bullMq) => _rounds.Add((Measure.Value(jamail), Measure.Value(bullMq)));

    private (double Least, double Most) Spread(Func<(double Jamail, double BullMq), double> value) =>
        (_rounds.Min(value), _rounds.Max(value));
}
