using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>The catalogue of public data sets that boards and trials know. Adding a set adds an entry.</summary>
public static class PublicDatasets
{
    const string Zipped = @"\.csv(\.gz)?", LgAmbient = @"n?\d+degC";

    /// <summary>Every set, in the order they are listed.</summary>
    public static IReadOnlyList<PublicDataset> All { get; } =
    [
        new()
        {
            Name = "lg-18650hg2",
            What = "LG 18650HG2 3 Ah NMC, one cell: drive cycles from -20 to 40 °C, C/20, capacity",
            Doi = "10.17632/cp3473x7xv.3",
            Licence = "CC BY 4.0",
            Citation = "P. Kollmeyer, C. Vidal, M. Naguib, M. Skells: LG 18650HG2 Li-ion Battery Data and Example Deep Neural Network xEV SOC Estimator Script. Mendeley Data, V3, 2020",
            Takes = "it takes the folder LG_HG2_Original_Dataset of the publisher (raw Digatron CSV in folders such as 25degC), averages drive cycles to 1 Hz, or files already laid out.",
            Rules =
            [
                new($@"({LgAmbient})/(\d+_(?:UDDS|LA92|US06|HWFET|HWFT|Mixed\d+)\w*)\.csv", "1hz/$1/$2.csv.gz", IntakeForm.OneHertz),
                new($@"({LgAmbient})/(\d+_(?:C20DisCh|Dis_\w+|Cap_\w+))\.csv", "c20_and_capacity/$1/$2.csv.gz", IntakeForm.Keep),
                new(@"25degC/(\d+_Charge\d*)\.csv", "charge_25degC/$1.csv.gz", IntakeForm.Keep),
            ],
            Layout =
            [
                new($"1hz/{LgAmbient}/[^/]+{Zipped}", 9, "time_s", "voltage_v", "current_a", "temperature_c", "capacity_ah"),
                new($"c20_and_capacity/{LgAmbient}/[^/]+{Zipped}", 1, "Prog Time", "Voltage", "Current", "Capacity"),
                new($"charge_25degC/[^/]+{Zipped}", 0, "Prog Time", "Voltage", "Current"),
                new(@"CAPACITIES\.csv", 0),
                new($"10hz/{LgAmbient}/[^/]+{Zipped}", 0, "time_s", "voltage_v", "current_a"),
            ],
        },
        new()
        {
            Name = "panasonic-18650pf",
            What = "Panasonic NCR18650PF 2.9 Ah NCA, one cell that aged: drive cycles from -20 to 25 °C, HPPC, EIS",
            Doi = "10.17632/wykht8y7tg.1",
            Licence = "CC BY 4.0",
            Citation = "P. Kollmeyer: Panasonic 18650PF Li-ion Battery Data. Mendeley Data, V1, 2018",
            Layout =
            [
                new($@"drive_1hz/-?\d+degC_[^/]+{Zipped}", 5, "time_s", "voltage_v", "current_a", "battery_temp_c"),
                new($"(?:capacity_ocv|hppc|charge_pause)/[^/]+{Zipped}", 1, "time_s", "voltage_v", "current_a"),
                new($@"eis/-?\d+degC/[^/]+{Zipped}", 0),
            ],
        },
        new()
        {
            Name = "lg-m50",
            What = "LG M50: constant rates at 0, 25 and 45 °C with thermocouples, pulses, OCV",
            Licence = "BSD-3-Clause",
            Citation = "distributed with PyBOP",
            Layout = [new($"rate_test{Zipped}", 1, "timeVec", "currVec", "volVec"), new($"pulse{Zipped}", 1, "current_a", "voltage_v"), new($@"ocv_25degC{Zipped}", 1, "soc")],
        },
        new()
        {
            Name = "samsung-30q",
            What = "Samsung 30Q, two cells: constant current from C/10 to 4C",
            Licence = "CC BY-SA 4.0",
            Citation = "not known here; keep the publisher's own",
            Takes = "it takes files called Q30_S001_1C.csv and the like, without a header.",
            Rules = [new(@"(Q30_S\d+_C?\d+C?)\.csv", "rate/$1.csv.gz", IntakeForm.Keep)],
            Layout = [.. ((string[])["S001", "S002"]).Select(cell => new RequiredFiles($@"rate/Q30_{cell}_C?\d+C?{Zipped}", 5)), new($@"rate/Q30_S\d+_C?\d+C?{Zipped}", 10)],
        },
        new()
        {
            Name = "k2-26650-lfp",
            What = "K2 26650 LFP, HPPC from 20 to 50 °C",
            Licence = "CC BY-SA 4.0",
            Citation = "not known here; keep the publisher's own",
            Takes = "it takes the publisher's folder with 'Cell 001/HPPC cleaned data/HPPC_20C.csv'.",
            Layout = [new($@"Cell \d+/HPPC cleaned data/HPPC_\d+C{Zipped}", 4, "Voltage", "Current", "Bat_Temp")],
        },
        new()
        {
            Name = "nissan-leaf",
            What = "Nissan Leaf cell and module: discharges at 1C to 3C, HPPC, module of six cell groups",
            Doi = "10.5281/zenodo.2580327",
            Licence = "MIT",
            Citation = "Battery Cell Data: experiments on a 2013 Nissan Leaf battery cell. Zenodo, doi 10.5281/zenodo.2580327",
            Takes = "it takes the publisher's files by their names, cell-discharge-bitrode-1c.csv and the like.",
            Rules = [new(@"((?:cell|module)[\w-]*\.(?:csv|lvm))", "$1.gz", IntakeForm.Keep)],
            Layout = [new(@"cell-discharge-bitrode-\dc\.csv(\.gz)?", 3, "Current(A)", "Voltage(V)"), new(@"module123-irdischarge-65ah-\d_\dc\.csv(\.gz)?", 3), new(@"(?:cell|module)[\w-]*\.(?:csv|lvm)(\.gz)?", 6)],
        },
        new()
        {
            Name = "dmegc-electrothermal",
            What = "three DMEGC 18650, 50 random runs of 0 to 6 A each, with temperature",
            Licence = "MIT",
            Citation = "not known here; keep the publisher's own",
            Layout = [new($@"cell_R[1-3]{Zipped}", 3, "time_s", "current_a", "voltage_v", "temperature_c")],
        },
        new()
        {
            Name = "nasa-pcoe",
            What = "NASA PCoE ageing cells B0005 to B0031, 2 Ah",
            Licence = "public",
            Citation = "B. Saha and K. Goebel: Battery Data Set. NASA Prognostics Center of Excellence",
            Layout = [new($@"B\d+_discharge{Zipped}", 10, "cycle", "time_s", "voltage_v", "current_a"), new($@"B\d+_charge_ds{Zipped}", 0, "time_s"), new($"tests{Zipped}", 1, "battery", "capacity_ah")],
        },
        new()
        {
            Name = "charge-features",
            What = "charge features by cycle of 55 XJTU (NCM) and 125 MIT (LFP) cells",
            Licence = "CC BY 4.0",
            Citation = "Wang et al., Nature Communications, 2024 (PINN4SOH)",
            Layout = [new($"XJTU/.+{Zipped}", 55, "voltage mean", "current mean"), new($"MIT/.+{Zipped}", 125, "voltage mean", "current mean")],
        },
        new()
        {
            Name = "severson",
            What = "features of 124 LFP cells from their first 100 cycles, with cycle life",
            Licence = "CC BY 4.0",
            Citation = "Severson et al., Nature Energy, 2019, doi 10.1038/s41560-019-0356-8",
            Layout = [new($"features{Zipped}", 1, "split", "cycle_life"), new($"qv/[^/]+{Zipped}", 0, "q_c2", "q_c100")],
        },
        new()
        {
            Name = "pulsebat",
            What = "second-life cells: voltages of pulses by state of charge, capacity",
            Licence = "MIT",
            Citation = "not known here; keep the publisher's own",
            Layout = [new($@"\w+_\w+Ah_W_\d+{Zipped}", 1, "SOC", "SOH", "U21")],
        },
        new()
        {
            Name = "ev-field-cells",
            What = "three cars on the road: every cell voltage, every probe",
            Licence = "MIT",
            Citation = "distributed with BatICM",
            Layout = [new($@"car\d+{Zipped}", 3, "tboxTime", "BMSBatteryVoltage", "V_1")],
        },
        new()
        {
            Name = "bmw-i3-trips",
            What = "trips of a BMW i3 in summer (A) and winter (B), 1 Hz",
            Licence = "CC BY 4.0",
            Citation = "not known here; keep the publisher's own",
            Layout = [new($@"Trip[AB]\d+{Zipped}", 1, "time_s", "pack_voltage_v", "pack_current_a")],
        },
        new()
        {
            Name = "drive-cycles",
            What = "US06, UDDS and WLTC profiles for simulation",
            Licence = "BSD-3-Clause",
            Citation = "not known here; keep the publisher's own",
            Layout = [new($"US06{Zipped}", 1, "Time"), new($"UDDS{Zipped}", 1, "Time"), new($"WLTC{Zipped}", 1, "Time")],
        },
    ];

    /// <summary>Finds a set by name.</summary>
    /// <exception cref="DataException">No set has that name; the message lists those there are.</exception>
    public static PublicDataset Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new DataException($"No data set is called '{name}'; known are {string.Join(", ", All.Select(set => set.Name))}.");
}
