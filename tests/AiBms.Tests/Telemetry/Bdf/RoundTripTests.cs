using AiBms.Telemetry.Readings;
using CsCheck;

namespace AiBms.Tests.Telemetry.Bdf;

public class RoundTripTests
{
    static readonly Gen<double[]> Column = Gen.Double[-1e6, 1e6].Array[4];

    static readonly Gen<Recording> Recordings = Gen.Select(Column, Gen.Double[0.1, 5].Array[4], Column, Column, Gen.Bool, Gen.OneOf("", "a", "b, \"c\"/2\nd"), (time, voltage, current, other, extra, name) =>
    {
        Array.Sort(time);
        for (int i = time.Length - 1; i >= 0; i--)
            time[i] -= time[0];
        return new Recording
        {
            Name = "r",
            TimeS = time,
            VoltageV = voltage,
            CurrentA = current,
            TemperatureDegC = extra ? [25, double.NaN, -10.5, 1e-7] : [double.NaN, double.NaN, double.NaN, double.NaN],
            AmbientDegC = extra ? [20, 20, 20, 20.1] : null,
            ChargeAh = extra ? [0, .. other[1..]] : null,
            ReferenceSoc = extra ? [0, 1 / 3.0, 0.5, 1] : null,
            Extras = extra ? [new("V_1", "V", [3.7, 3.6, double.NaN, 3.5]), new("power_w", "W", other), new("ratio", "", other)] : [],
            Series = [new(name, 0, 4)],
            Flags = new RowFlags[4],
        };
    });

    [Theory]
    [InlineData(".bdf.csv")]
    [InlineData(".bdf.gz")]
    [InlineData(".bdf.parquet")]
    public void WhatIsWrittenReadsBackTheSame(string ending)
    {
        using var place = new TextFile("empty" + ending, "");
        // The generated currents need not fit the voltages, so the sign is said.
        Recordings.Sample(before =>
        {
            RecordingWriter.Write(before, place.Path);
            Recording after = RecordingDoor.Open(place.Path, new() { CurrentSign = CurrentSign.Charge });
            return Same(before, after);
        }, iter: 100, threads: 1);
    }

    internal static bool Same(Recording a, Recording b) =>
        Bits(a.TimeS, b.TimeS) && Bits(a.VoltageV, b.VoltageV) && Bits(a.CurrentA, b.CurrentA) && Bits(a.TemperatureDegC, b.TemperatureDegC)
        && Bits(a.AmbientDegC, b.AmbientDegC) && Bits(a.ChargeAh, b.ChargeAh) && Bits(a.ReferenceSoc, b.ReferenceSoc)
        && a.Extras.Count == b.Extras.Count && a.Extras.Zip(b.Extras).All(pair => (pair.First.Name, pair.First.Unit) == (pair.Second.Name, pair.Second.Unit) && Bits(pair.First.Values, pair.Second.Values))
        && a.Series.SequenceEqual(b.Series);

    static bool Bits(double[]? a, double[]? b) =>
        (a is null && b is null) || (a is not null && b is not null && a.Length == b.Length
        && a.Zip(b).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second) || (double.IsNaN(pair.First) && double.IsNaN(pair.Second))));
}
