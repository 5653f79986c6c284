namespace AiBms.Battery.Estimation.Packs;

/// <summary>What the voltages of a rest say about every cell's SOC, whatever its capacity is, and the charge counted until then.</summary>
/// <param name="cellCount">Cells in series.</param>
sealed class RestAnchor(int cellCount)
{
    /// <summary>SOC of each cell by its OCV; NaN where its tap is not believed.</summary>
    public double[] Soc { get; } = new double[cellCount];

    /// <summary>One standard deviation of each.</summary>
    public double[] SocDeviation { get; } = new double[cellCount];

    /// <summary>When, s; NaN where there is no anchor.</summary>
    public double TimeS { get; set; } = double.NaN;

    /// <summary>How long the pack had rested, s.</summary>
    public double RestS { get; set; }

    /// <summary>Charge counted since the window began, Ah.</summary>
    public double ChargeAh { get; set; }

    /// <summary>Variance of the charge that may have flowed unseen since then, SOC².</summary>
    public double UnseenSoc2 { get; set; }

    /// <summary>True where there is one.</summary>
    public bool IsThere => !double.IsNaN(TimeS);

    /// <summary>Takes over another.</summary>
    public void CopyFrom(RestAnchor other)
    {
        (TimeS, RestS, ChargeAh, UnseenSoc2) = (other.TimeS, other.RestS, other.ChargeAh, other.UnseenSoc2);
        other.Soc.CopyTo(Soc, 0);
        other.SocDeviation.CopyTo(SocDeviation, 0);
    }

    /// <summary>Keeps all that is known, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        (TimeS, RestS, ChargeAh, UnseenSoc2) = (tape.TimeS(TimeS), tape.Value(RestS), tape.Value(ChargeAh), tape.Value(UnseenSoc2));
        tape.Values(Soc);
        tape.Values(SocDeviation);
    }
}
