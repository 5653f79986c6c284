using AiBms.Learning.Learners;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Forecasts of a car's battery temperature over trips, by ridge regression on what went before: of the car's cells no circuit is known.</summary>
/// <remarks>Heat goes with the square of the current, loss with the difference to the surroundings; recent changes stand for what is under way.</remarks>
sealed class TripForecast
{
    const int LookRows = 600, EveryRows = 30, BriefRows = 300;
    const double Penalty = 1e-2;

    readonly double[][] _weights = new double[2][];
    readonly Scaler[] _scalers = new Scaler[2];
    readonly double _deviationK;
    readonly int _h;

    /// <summary>Learns from trips.</summary>
    /// <param name="trips">Recordings at 1 Hz.</param>
    /// <param name="h">Which of <see cref="ForecastSums.AheadS"/>.</param>
    public TripForecast(IReadOnlyList<Recording> trips, int h)
    {
        _h = h;
        for (int known = 0; known < 2; known++)
        {
            List<double[]> inputs = [];
            List<double> targets = [];
            foreach (var trip in trips)
            {
                foreach (var (features, changeK) in Windows(trip, known == 1))
                {
                    inputs.Add(features);
                    targets.Add(changeK);
                }
            }

            _scalers[known] = new(inputs, [.. Enumerable.Range(0, inputs[0].Length)], double.PositiveInfinity);
            foreach (double[] row in inputs) _scalers[known].Scale(row, row);
            _weights[known] = Ridge.Fit(inputs, targets, [.. Enumerable.Repeat(Penalty, inputs[0].Length)]);
            if (known == 0) _deviationK = Say.Rms(inputs.Select((row, k) => Linear(_weights[0], row) - targets[k]));
        }
    }

    /// <summary>Scores a trip.</summary>
    public ForecastSums Score(Recording trip)
    {
        ForecastSums sums = new();
        foreach (var (unknown, known) in Windows(trip, false).Zip(Windows(trip, true))) sums.Add(_h, known.ChangeK, Predict(1, known.Features), Predict(0, unknown.Features), _deviationK);
        return sums;
    }

    double Predict(int known, double[] features)
    {
        double[] scaled = new double[features.Length];
        _scalers[known].Scale(features, scaled);
        return Linear(_weights[known], scaled);
    }

    static double Linear(double[] weights, double[] scaled)
    {
        double sum = weights[^1];
        for (int k = 0; k < scaled.Length; k++) sum += weights[k] * scaled[k];
        return sum;
    }

    IEnumerable<(double[] Features, double ChangeK)> Windows(Recording trip, bool known)
    {
        int rows = ForecastSums.AheadS[_h], n = trip.RowCount;
        double[] squares = new double[n + 1], temperatureDegC = trip.TemperatureDegC;
        for (int k = 0; k < n; k++) squares[k + 1] = squares[k] + (double.IsFinite(trip.CurrentA[k]) ? trip.CurrentA[k] * trip.CurrentA[k] : 0);
        double Mean(int from, int to) => (squares[to] - squares[from]) / (to - from);
        for (int k = LookRows; k + rows < n; k += EveryRows)
        {
            double now = temperatureDegC[k], changeK = temperatureDegC[k + rows] - now, around = trip.AmbientDegC is { } ambient ? ambient[k] - now : 0;
            double[] features =
            [
                around, now - temperatureDegC[k - BriefRows], now - temperatureDegC[k - LookRows], Mean(k - BriefRows, k), Mean(k - LookRows, k), Mean(0, k),
                .. known ? (double[])[Mean(k, k + rows)] : [],
            ];
            if (double.IsFinite(changeK) && features.All(double.IsFinite)) yield return (features, changeK);
        }
    }
}
