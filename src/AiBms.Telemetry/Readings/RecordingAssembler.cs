using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Turns the columns of a file into a recording: units, series, time, sign, checks.</summary>
sealed class RecordingAssembler(string path, Layout layout, RawTable raw, RecordingOptions options)
{
    readonly RowFlags[] _flags = raw.Flags;

    /// <summary>Builds the recording.</summary>
    /// <param name="facts">What is known of the file so far.</param>
    /// <exception cref="DataException">There is no row, or something must be said by an option.</exception>
    public Recording Assemble(Findings facts)
    {
        if (raw.RowCount == 0)
            throw new DataException($"{path} has a header of the dialect {layout.Dialect} and no row under it.");
        IReadOnlyList<SeriesSpan> series = SeriesFinder.Find(layout, raw);
        foreach (SeriesSpan span in series.Skip(1))
            _flags[span.FirstRow] |= RowFlags.SeriesStart;

        double[] voltageV = Column(Role.Voltage, options.VoltageUnitV) ?? Blank();
        double[] currentA = Column(Role.Current, options.CurrentUnitA) ?? Blank();
        double[] temperatureDegC = Column(Role.Temperature) ?? Blank();
        double[] timeS = Time(series);
        TimeChecks.Flag(timeS, series, _flags);
        ValueChecks.Flag(voltageV, currentA, temperatureDegC, options.CellCount, _flags);

        (CurrentSign sign, IReadOnlyList<string> why) = Sign(timeS, currentA, voltageV);
        double[]? chargeAh = ChargeCounter.Read(layout, raw, series);
        if (sign == CurrentSign.Discharge)
        {
            Negate(currentA);
            // Two counters, in and out, carry their sign in their names.
            if (layout.Has(Role.Charge))
                Negate(chargeAh!);
        }

        var recording = new Recording
        {
            Name = Path.GetFileName(path),
            TimeS = timeS,
            CurrentA = currentA,
            VoltageV = voltageV,
            TemperatureDegC = temperatureDegC,
            AmbientDegC = Column(Role.Ambient),
            ChargeAh = chargeAh,
            ReferenceSoc = SocColumn.Read(Column(Role.Soc), layout.Has(Role.Soc) ? layout.Columns[Position(Role.Soc)].Unit : "", options, path, layout.Evidence),
            Flags = _flags,
            Extras = Extras(),
            Series = series,
        };
        recording = recording.With(FindingsWriter.Write(recording, facts, layout, raw) with { CurrentSign = sign, SignEvidence = why });
        return options.Series is { } name ? SeriesFinder.Pick(recording, name, path) : recording;
    }

    (CurrentSign Sign, IReadOnlyList<string> Why) Sign(double[] timeS, double[] currentA, double[] voltageV)
    {
        if (!layout.Has(Role.Current))
            return (CurrentSign.Charge, ["the file has no current"]);
        WordColumn? modes = layout.Has(Role.Mode) ? raw.Words[Position(Role.Mode)] : null;
        if (modes is not null && (layout.Sign == SignRule.ByMode || ModeSign.IsUnsigned(modes, currentA)))
        {
            ModeSign.Apply(modes, currentA, _flags);
            return (CurrentSign.Charge, ["the current has no sign in the file; the mode column gives it one"]);
        }

        SignEvidence evidence = SignEvidence.Of(timeS, currentA, voltageV, _flags);
        return SignJudge.Decide(layout, evidence, modes, currentA, options, path);
    }

    double[] Time(IReadOnlyList<SeriesSpan> series)
    {
        double[]? timeS = Column(Role.Time, options.TimeUnitS);
        if (timeS is null)
        {
            double periodS = options.SamplePeriodS ?? layout.SamplePeriodS
                ?? throw new DataException($"{path} has no time column and states no rate; say --sample-period SECONDS.");
            timeS = new double[raw.RowCount];
            foreach (SeriesSpan span in series)
            {
                for (int i = 0; i < span.RowCount; i++)
                    timeS[span.FirstRow + i] = i * periodS;
            }
        }

        foreach (SeriesSpan span in series)
            SubtractFirst(timeS.AsSpan(span.FirstRow, span.RowCount));
        return timeS;
    }

    List<ExtraColumn> Extras()
    {
        List<ExtraColumn> extras = [];
        for (int i = 0; i < layout.Columns.Count; i++)
        {
            if (layout.Columns[i].Role == Role.Extra)
                extras.Add(new(layout.Columns[i].Name, layout.Columns[i].Unit, Scaled(i, null)));
        }

        return extras;
    }

    double[]? Column(Role role, double? unit = null) => layout.Has(role) ? Scaled(Position(role), unit) : null;

    double[] Scaled(int position, double? unit)
    {
        double[] values = raw.Numbers[position]!;
        ColumnBinding binding = layout.Columns[position];
        double scale = unit ?? binding.Scale;
        if (scale == 1 && binding.Offset == 0)
            return values;
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] * scale + binding.Offset;
        return values;
    }

    int Position(Role role)
    {
        int at = 0;
        while (layout.Columns[at].Role != role)
            at++;
        return at;
    }

    double[] Blank()
    {
        double[] blank = new double[raw.RowCount];
        Array.Fill(blank, double.NaN);
        return blank;
    }

    static void Negate(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = -values[i];
    }

    /// <summary>Makes the first finite value 0.</summary>
    internal static void SubtractFirst(Span<double> values)
    {
        int first = 0;
        while (first < values.Length && !double.IsFinite(values[first]))
            first++;
        if (first == values.Length || values[first] == 0)
            return;
        double origin = values[first];
        foreach (ref double value in values)
            value -= origin;
    }
}
