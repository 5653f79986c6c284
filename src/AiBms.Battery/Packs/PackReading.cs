namespace AiBms.Battery.Packs;

/// <summary>What a pack measured at one time, each signal with its quality. Made once and filled again and again.</summary>
public sealed class PackReading
{
    static readonly int s_signals = Enum.GetValues<PackSignal>().Length;

    readonly double[] _values = new double[s_signals];
    readonly SignalQuality[] _qualities = new SignalQuality[s_signals];

    /// <summary>Makes room for a pack; every signal is missing.</summary>
    public PackReading(PackLayout layout)
    {
        CellVoltageV = new double[layout.SeriesCount];
        CellQualities = new SignalQuality[layout.SeriesCount];
        BleedOn = new bool[layout.SeriesCount];
        ProbeTemperatureDegC = new double[layout.Probes.Count];
        ProbeQualities = new SignalQuality[layout.Probes.Count];
        Clear();
    }

    /// <summary>Time of the measurement, s, from any start.</summary>
    public double TimeS { get; set; }

    /// <summary>Voltage of every series cell (of its parallel group), in series order, V.</summary>
    public double[] CellVoltageV { get; }

    /// <summary>Quality of every cell voltage.</summary>
    public SignalQuality[] CellQualities { get; }

    /// <summary>Which balancing resistors are on.</summary>
    public bool[] BleedOn { get; }

    /// <summary>Temperature probes in the layout's order, °C.</summary>
    public double[] ProbeTemperatureDegC { get; }

    /// <summary>Quality of every probe.</summary>
    public SignalQuality[] ProbeQualities { get; }

    /// <summary>Auxiliary contact of the plus contactor.</summary>
    public ContactState PlusContact { get; set; }

    /// <summary>Auxiliary contact of the minus contactor.</summary>
    public ContactState MinusContact { get; set; }

    /// <summary>Auxiliary contact of the precharge relay.</summary>
    public ContactState PrechargeContact { get; set; }

    /// <summary>True while the interlock loop is closed.</summary>
    public bool InterlockClosed { get; set; }

    /// <summary>True once a crash has been seen.</summary>
    public bool CrashDetected { get; set; }

    /// <summary>True while a charger is connected.</summary>
    public bool ChargerConnected { get; set; }

    /// <summary>A signal's value in the unit of its name. Setting it sets the quality: good where finite, else missing.</summary>
    public double this[PackSignal signal]
    {
        get => _values[(int)signal];
        set
        {
            _values[(int)signal] = value;
            _qualities[(int)signal] = double.IsFinite(value) ? SignalQuality.Good : SignalQuality.Missing;
        }
    }

    /// <summary>A signal's quality.</summary>
    public SignalQuality Quality(PackSignal signal) => _qualities[(int)signal];

    /// <summary>Gives a signal another quality than its value alone would.</summary>
    public void Mark(PackSignal signal, SignalQuality quality) => _qualities[(int)signal] = quality;

    /// <summary>Forgets everything: all signals missing, contacts unknown, interlock open.</summary>
    public void Clear()
    {
        TimeS = double.NaN;
        Array.Fill(_values, double.NaN);
        Array.Fill(_qualities, SignalQuality.Missing);
        Array.Fill(CellVoltageV, double.NaN);
        Array.Fill(CellQualities, SignalQuality.Missing);
        Array.Fill(ProbeTemperatureDegC, double.NaN);
        Array.Fill(ProbeQualities, SignalQuality.Missing);
        Array.Clear(BleedOn);
        (PlusContact, MinusContact, PrechargeContact) = (ContactState.Unknown, ContactState.Unknown, ContactState.Unknown);
        (InterlockClosed, CrashDetected, ChargerConnected) = (false, false, false);
    }

    /// <summary>Copies everything into another reading of the same pack. Allocates nothing.</summary>
    public void CopyTo(PackReading other)
    {
        other.TimeS = TimeS;
        _values.CopyTo(other._values, 0);
        _qualities.CopyTo(other._qualities, 0);
        CellVoltageV.CopyTo(other.CellVoltageV, 0);
        CellQualities.CopyTo(other.CellQualities, 0);
        BleedOn.CopyTo(other.BleedOn, 0);
        ProbeTemperatureDegC.CopyTo(other.ProbeTemperatureDegC, 0);
        ProbeQualities.CopyTo(other.ProbeQualities, 0);
        (other.PlusContact, other.MinusContact, other.PrechargeContact) = (PlusContact, MinusContact, PrechargeContact);
        (other.InterlockClosed, other.CrashDetected, other.ChargerConnected) = (InterlockClosed, CrashDetected, ChargerConnected);
    }
}
