using System.Globalization;
using AiBms.Battery.Packs;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Ports;

/// <summary>A recorded log as a pack: its rows are the readings, and it obeys the contactors as far as a record can.</summary>
/// <remarks>
/// A record begins with contactors already closed. So that what stands behind the port can start as in the car, each stretch (the first
/// row, and every row after a long gap) is preceded by some seconds of that row's voltages and temperatures without current: first
/// switched off, then on. The row's voltages may be those of a driving car: nothing is to be estimated from them without its current.
/// While the contactors are commanded open the protection is shown no current; rows for which the record has one are counted, and what
/// flowed in them is there as <see cref="MeasuredA"/>.
/// </remarks>
public sealed class RecordedPack : IPackPort, IWishes, IShowsStarts, IRecordsCurrent
{
    const double MostSoh = 1.2, LeadS = 9, LeadStepS = 0.1, LeadOnS = 2.5, FlowsA = 1;

    readonly Recording _recording;
    readonly double[]? _vendorSoh;
    readonly double[][] _cells, _probes;
    readonly double _gapS;
    int _row = -1, _lead;
    bool _minus, _plus, _precharge;

    /// <param name="recording">Rows with V_1 … for every cell and T_1 … for every probe.</param>
    /// <param name="layout">The pack it is of.</param>
    /// <param name="gapS">A gap longer than this is a pack that was switched off, s.</param>
    /// <exception cref="DataException">The record does not fit the pack.</exception>
    public RecordedPack(Recording recording, PackLayout layout, double gapS = 600)
    {
        (_cells, _probes) = (RecordedColumns.Cells(recording), RecordedColumns.Probes(recording));
        if (_cells.Length != layout.SeriesCount)
            throw new DataException($"{recording.Name} has {_cells.Length} cell voltages, the pack {layout.Id} has {layout.SeriesCount} cells in series; name the right pack by --pack.");
        if (_probes.Length != layout.Probes.Count)
            throw new DataException($"{recording.Name} has {_probes.Length} probes, the pack {layout.Id} has {layout.Probes.Count}; name the right pack by --pack.");
        if (gapS <= LeadS) throw new ArgumentOutOfRangeException(nameof(gapS), gapS, $"A gap must be longer than the {LeadS} s of a start.");
        (_recording, Layout, _gapS) = (recording, layout, gapS);
        _vendorSoh = RecordedColumns.Find(recording, "vendor_soh");
        if (_vendorSoh?.FirstOrDefault(soh => soh is < 0 or > MostSoh) is { } wrong and not 0)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{recording.Name}: vendor_soh has {wrong}, and is a fraction of a new cell's capacity: divide percent by 100."));
    }

    /// <inheritdoc/>
    public PackLayout Layout { get; }

    /// <summary>The row the last reading was made from; −1 before the first.</summary>
    public int Row => _row;

    /// <inheritdoc/>
    public bool IsLead => _lead > 0;

    /// <summary>True while that start is still switched off: closing is to be withdrawn.</summary>
    public bool IsOff => _lead > LeadOnS / LeadStepS;

    /// <inheritdoc/>
    public bool IsOnWanted => !IsOff;

    /// <inheritdoc/>
    public bool IsWithheld => _lead == 0 && !(_plus && _minus);

    /// <inheritdoc/>
    public double MeasuredA => _lead > 0 ? 0 : _recording.CurrentA[_row];

    /// <summary>Stretches begun.</summary>
    public int StretchCount { get; private set; }

    /// <summary>Rows whose current the protection was not shown because the contactors were commanded open.</summary>
    public long WithheldRowCount { get; private set; }

    /// <summary>Rows left out because they have no time, or not all their fields.</summary>
    public long LeftOutRowCount { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(PackReading reading)
    {
        if (_lead > 0 && _row >= 0) _lead--;
        else if (!Next()) return false;
        reading.Clear();
        reading.TimeS = _recording.TimeS[_row] - _lead * LeadStepS;
        Fill(reading.CellVoltageV, reading.CellQualities, _cells);
        Fill(reading.ProbeTemperatureDegC, reading.ProbeQualities, _probes);
        reading.InterlockClosed = true;
        double packV = _recording.VoltageV[_row];
        reading[PackSignal.PackVoltageV] = packV;
        reading[PackSignal.LinkVoltageV] = _minus && (_plus || _precharge) ? packV : 0;
        reading[PackSignal.CurrentA] = Current();
        if (_recording.ReferenceSoc is { } vendor) reading[PackSignal.VendorSocFraction] = vendor[_row];
        if (_vendorSoh is { } health) reading[PackSignal.VendorSohFraction] = health[_row];
        if (_recording.AmbientDegC is { } ambient) reading[PackSignal.AmbientDegC] = ambient[_row];
        return true;
    }

    /// <inheritdoc/>
    public void Write(PackCommand command) => (_plus, _minus, _precharge) = (command.PlusClosed, command.MinusClosed, command.PrechargeClosed);

    bool Next()
    {
        double beforeS = _row < 0 ? double.NaN : _recording.TimeS[_row];
        int next = _row + 1;
        for (; next < _recording.RowCount && !IsUsable(next); next++) LeftOutRowCount++;
        if (next >= _recording.RowCount) return false;
        _row = next;
        bool isStart = !(_recording.TimeS[_row] - beforeS <= _gapS);
        if (!isStart) return true;
        StretchCount++;
        _lead = (int)(LeadS / LeadStepS);
        return true;
    }

    /// <summary>A row without a time, or a line with fields missing, whose time is not to be trusted either, cannot be put in order.</summary>
    bool IsUsable(int row) => double.IsFinite(_recording.TimeS[row]) && (_recording.Flags[row] & RowFlags.Malformed) == RowFlags.None;

    double Current()
    {
        double currentA = MeasuredA;
        if (!IsWithheld) return currentA;
        if (Math.Abs(currentA) > FlowsA) WithheldRowCount++;
        return double.IsNaN(currentA) ? currentA : 0;
    }

    void Fill(double[] values, SignalQuality[] qualities, double[][] columns)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = columns[i][_row];
            qualities[i] = double.IsFinite(values[i]) ? SignalQuality.Good : SignalQuality.Missing;
        }
    }
}
