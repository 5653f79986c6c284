namespace AiBms.Learning.Boards.Forms;

/// <summary>How far one output of two forms of the same estimator lies apart over whole drives.</summary>
/// <param name="output">What is compared.</param>
/// <param name="unit">Its unit.</param>
sealed class FormDifference(string output, string unit)
{
    double _square, _largest;
    long _count;

    /// <summary>What is compared.</summary>
    public string Output => output;

    /// <summary>Unit of the differences.</summary>
    public string Unit => unit;

    /// <summary>Rows compared.</summary>
    public long Count => _count;

    /// <summary>Largest difference; NaN before the first.</summary>
    public double Largest => _count > 0 ? _largest : double.NaN;

    /// <summary>Root of the mean square; NaN before the first.</summary>
    public double RootMeanSquare => _count > 0 ? Math.Sqrt(_square / _count) : double.NaN;

    /// <summary>Recording and time, s, of the largest.</summary>
    public (string Recording, double TimeS) Where { get; private set; } = ("", double.NaN);

    /// <summary>Takes in a pair; left out where either is not known.</summary>
    public void Add(double one, double other, string recording, double timeS)
    {
        double apart = Math.Abs(one - other);
        if (!double.IsFinite(apart)) return;
        _count++;
        _square += apart * apart;
        if (!(apart > _largest)) return;
        (_largest, Where) = (apart, (recording, timeS));
    }
}
