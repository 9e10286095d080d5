namespace Jamail.Bench;

/// <summary>One figure that a run gives.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Unit">Of the two figures.</param>
/// <param name="Target">The ratio to reach.</param>
/// <param name="Value">Reads the figure.</param>
/// <param name="LessIsBetter">True for times and costs: the ratio is turned round, so that bigger is better.</param>
internal sealed record Measure(
    string Name, string Unit, double Target, Func<Outcome, double> Value, bool LessIsBetter = false)
{
    public double Ratio(double jamail, double bullMq) => LessIsBetter ? bullMq / jamail : jamail / bullMq;
}
