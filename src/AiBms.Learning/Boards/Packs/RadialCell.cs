namespace AiBms.Learning.Boards.Packs;

/// <summary>Conduction in a cylindrical cell in shells from its axis to its can: the finer model that two temperatures are held against.</summary>
/// <remarks>
/// Finite volumes of equal thickness, heat made evenly, explicit steps below the limit of stability. Radial conductivity 0.20 W/(m·K) and
/// heat capacity 1720 J/(kg·K) of an 18650: Drake, Wetz, Ostanek, Miller, Heinzel, Jain, J. Power Sources 252 (2014) 298,
/// doi 10.1016/j.jpowsour.2013.11.107; 18 mm by 65 mm, 45 g.
/// </remarks>
sealed class RadialCell
{
    /// <summary>Of the nominal cell, W/(m·K), J/K, and K/W from the can to still air.</summary>
    public const double ConductivityWPerMK = 0.20, RollJPerK = 72, CanJPerK = 4, CanToAirKPerW = 12;

    /// <summary>Length of the cell, m, and radius of the roll, m.</summary>
    public const double LengthM = 0.065, RadiusM = 0.009;

    const int Shells = 20;
    const double LongestStepS = 0.5;

    readonly double[] _temperatureDegC = new double[Shells], _shareOfVolume = new double[Shells], _flowW = new double[Shells + 1];
    readonly double _conductivityWPerMK, _rollJPerK, _canToAirKPerW;

    /// <summary>A cell at rest.</summary>
    /// <param name="startDegC">Everywhere, °C.</param>
    /// <param name="conductivityFactor">On the nominal radial conductivity.</param>
    /// <param name="capacityFactor">On the nominal heat capacity.</param>
    /// <param name="filmFactor">On the nominal resistance from can to air.</param>
    public RadialCell(double startDegC, double conductivityFactor = 1, double capacityFactor = 1, double filmFactor = 1)
    {
        Array.Fill(_temperatureDegC, startDegC);
        CanDegC = startDegC;
        (_conductivityWPerMK, _rollJPerK, _canToAirKPerW) = (conductivityFactor * ConductivityWPerMK, capacityFactor * RollJPerK, filmFactor * CanToAirKPerW);
        for (int k = 0; k < Shells; k++) _shareOfVolume[k] = (2.0 * k + 1) / (Shells * Shells);
    }

    /// <summary>At the axis, °C.</summary>
    public double AxisDegC => _temperatureDegC[0];

    /// <summary>Of the can, °C.</summary>
    public double CanDegC { get; private set; }

    /// <summary>Mean over the roll, °C.</summary>
    public double MeanDegC
    {
        get
        {
            double sum = 0;
            for (int k = 0; k < Shells; k++) sum += _shareOfVolume[k] * _temperatureDegC[k];
            return sum;
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="heatW">Heat made in the roll, W.</param>
    /// <param name="ambientDegC">Air, °C.</param>
    /// <param name="stepS">Time, s.</param>
    public void Step(double heatW, double ambientDegC, double stepS)
    {
        int parts = (int)Math.Ceiling(stepS / LongestStepS);
        for (int n = 0; n < parts; n++) Part(heatW, ambientDegC, stepS / parts);
    }

    void Part(double heatW, double ambientDegC, double stepS)
    {
        // Between two shells 2π·k·L·r/Δr; the last half shell leads to the can.
        double around = 2 * Math.PI * _conductivityWPerMK * LengthM;
        for (int k = 1; k < Shells; k++) _flowW[k] = around * k * (_temperatureDegC[k - 1] - _temperatureDegC[k]);
        _flowW[Shells] = around * 2 * Shells * (_temperatureDegC[^1] - CanDegC);
        for (int k = 0; k < Shells; k++) _temperatureDegC[k] += stepS * (heatW * _shareOfVolume[k] + _flowW[k] - _flowW[k + 1]) / (_rollJPerK * _shareOfVolume[k]);
        CanDegC += stepS * (_flowW[Shells] - (CanDegC - ambientDegC) / _canToAirKPerW) / CanJPerK;
    }
}
