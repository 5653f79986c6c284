using AiBms.Agent.Chain;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Safety.Envelopes;
using AiBms.Telemetry.Frames;

namespace AiBms.Agent.Live;

/// <summary>Puts what a chain knows into records for the wire.</summary>
static class FrameMaker
{
    public static PackFrame Frame(PackChain chain, in ChainRequest request, CoolingMode mode, PackFlags more)
    {
        var (reading, state, command) = (chain.Reading, chain.State, chain.Command);
        var restricted = chain.Restricted;
        var charge = chain.Control.Charge;
        return new()
        {
            ProtectionCode = (int)chain.Safety.State,
            CurrentA = Good(reading, PackSignal.CurrentA),
            VoltageV = Good(reading, PackSignal.PackVoltageV),
            Soc = state.Soc.Soc,
            SocDeviation = state.Soc.SocDeviation,
            ValidityCode = (int)state.Soc.Validity,
            VendorSoc = Good(reading, PackSignal.VendorSocFraction),
            ChargeLimitValues = Limit(restricted.ChargeLimitA, restricted.ChargeBinding),
            DischargeLimitValues = Limit(restricted.DischargeLimitA, restricted.DischargeBinding),
            ChargeDecisionValues = reading.ChargerConnected ? [Math.Round(charge.CurrentA, 1), (int)charge.Reason, charge.Value, charge.Threshold, charge.Cell] : [],
            HotSpotDegC = state.HotSpot.TemperatureDegC,
            HotSpotCell = state.HotSpot.Cell < 0 ? null : state.HotSpot.Cell,
            AmbientDegC = Good(reading, PackSignal.AmbientDegC),
            InletDegC = Good(reading, PackSignal.CoolantInletDegC),
            OutletDegC = Good(reading, PackSignal.CoolantOutletDegC),
            FlowLPerMin = Good(reading, PackSignal.CoolantFlowLPerMin),
            LevelFraction = Good(reading, PackSignal.CoolantLevelFraction),
            PumpFraction = command.PumpDutyFraction,
            ChillerFraction = command.ChillerFraction,
            HeaterFraction = command.HeaterFraction,
            IsolationOhm = Good(reading, PackSignal.IsolationOhm),
            Flags = more | Flags(reading, command, request),
            ModeCode = (int)mode,
            CellVoltageV = Cells(reading, chain.Control.SeenCellV),
            ProbeDegC = Known(reading.ProbeTemperatureDegC, reading.ProbeQualities),
            NotGood = NotGood(reading),
            Bleeding = Bits(reading.BleedOn),
        };
    }

    static double[] Limit(float currentA, in Binding binding) =>
        [Math.Round(currentA, 1), (int)binding.Name, binding.Where, Rounded(binding.Value), Rounded(binding.Threshold), binding.Name == LimitName.Fault ? (int)binding.Fault : -1];

    /// <summary>Three decimals: what a screen shows, and fewer bytes than all digits.</summary>
    static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 3) : double.NaN;

    static PackFlags Flags(PackReading reading, PackCommand command, in ChainRequest request) =>
        On(command.PlusClosed, PackFlags.PlusClosed) | On(command.MinusClosed, PackFlags.MinusClosed) | On(command.PrechargeClosed, PackFlags.PrechargeClosed)
        | On(reading.InterlockClosed, PackFlags.Interlock) | On(reading.ChargerConnected, PackFlags.Charger)
        | On(request.Control.IsChargeWanted, PackFlags.ChargeWanted) | On(request.IsOn, PackFlags.OnWanted);

    static PackFlags On(bool isOn, PackFlags flag) => isOn ? flag : PackFlags.None;

    static double Good(PackReading reading, PackSignal signal) => reading.Quality(signal) == SignalQuality.Good ? reading[signal] : double.NaN;

    /// <summary>What is there, believed or not: whether it is believed goes beside it.</summary>
    static double[] Known(double[] values, SignalQuality[] qualities)
    {
        var known = new double[values.Length];
        for (int i = 0; i < known.Length; i++) known[i] = qualities[i] == SignalQuality.Missing ? double.NaN : values[i];
        return known;
    }

    /// <summary>The same of cells; of one whose tap bleeds what it showed in the last pause.</summary>
    static double[] Cells(PackReading reading, ReadOnlySpan<double> seenV)
    {
        double[] known = Known(reading.CellVoltageV, reading.CellQualities);
        for (int i = 0; i < known.Length; i++)
            if (reading.CellQualities[i] == SignalQuality.Bleeding && double.IsFinite(seenV[i])) known[i] = seenV[i];
        return known;
    }

    static byte[] NotGood(PackReading reading)
    {
        List<byte> bytes = [];
        Add(reading.CellQualities, 0);
        Add(reading.ProbeQualities, reading.CellQualities.Length);
        return [.. bytes];

        void Add(SignalQuality[] qualities, int first)
        {
            for (int i = 0; i < qualities.Length; i++)
                if (qualities[i] is not (SignalQuality.Good or SignalQuality.Bleeding)) bytes.AddRange([(byte)(first + i), (byte)((first + i) >> 8), (byte)qualities[i]]);
        }
    }

    static byte[] Bits(bool[] flags)
    {
        if (Array.IndexOf(flags, true) < 0) return [];
        byte[] bits = new byte[(flags.Length + 7) / 8];
        for (int i = 0; i < flags.Length; i++)
            if (flags[i]) bits[i / 8] |= (byte)(1 << (i % 8));
        return bits;
    }
}
