using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The shared library with a C ABI: built ahead of time, called by a C program, gives the numbers of the C# estimators, on this machine and on arm64.</summary>
[Trait("Long", "library")]
public sealed class LibraryTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-library-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ACProgramGetsTheSameEstimates()
    {
        Tools.Need("gcc", "gcc");
        Tools.Need("clang", "clang");
        Publish("linux-x64");
        Compile("gcc", []);
        Answers("./example");
    }

    [Fact]
    public void AnArm64ProgramGetsTheSameEstimates()
    {
        Tools.Need("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross");
        Tools.Need("qemu-aarch64-static", "qemu-user-static");
        Tools.Need("ld.lld", "lld");
        Publish("linux-arm64", "-p:LinkerFlavor=lld", "-p:ObjCopyName=aarch64-linux-gnu-objcopy");
        Compile("aarch64-linux-gnu-gcc", []);
        Answers("qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", "./example");
    }

    void Publish(string target, params string[] own)
    {
        var (code, text, error) = Clone.Run(Clone.Root, "dotnet", ["publish", "src/AiBms.Native", "-c", "Release", "-r", target, "-p:PublishAot=true", "-p:TreatWarningsAsErrors=true",
            "-o", _folder, "--artifacts-path", Path.Combine(_folder, "build"), "--disable-build-servers", "--nologo", "-v", "quiet", .. own]);
        Assert.True(code == 0, text + error);
        output.WriteLine($"{target}: {new FileInfo(Path.Combine(_folder, "aibms_estimators.so")).Length / 1e6:F1} MB");
    }

    void Compile(string compiler, string[] own)
    {
        string source = Path.Combine(Clone.Root, "src", "AiBms.Native");
        var built = Clone.Run(_folder, compiler, ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2", "-I" + Path.Combine(source, "include"), Path.Combine(source, "example.c"),
            "-L.", "-l:aibms_estimators.so", "-Wl,-rpath,$ORIGIN", "-o", "example", .. own]);
        Assert.True(built.Code == 0, built.Error);
    }

    void Answers(params string[] example)
    {
        string cells = Path.Combine(Clone.Root, "cells"), rows = Path.Combine(_folder, "rows.csv");
        string path = new CellCatalogue(cells).Files.First(file => Path.GetFileName(file).Contains("hg2", StringComparison.Ordinal)), model = Path.Combine(Clone.Root, "models", "soc_gru_lg_hg2.json");
        var cell = CellFile.Parse(File.ReadAllBytes(path), "cell");
        CellSample[] samples = [.. Enumerable.Range(0, 1200).Select(k => new CellSample(k, -2 + 3 * Math.Sin(k * 0.05), 3.7 - 1e-4 * k + 0.05 * Math.Sin(k * 0.05), 20))];
        File.WriteAllLines(rows, samples.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.TimeS:R},{s.CurrentA:R},{s.VoltageV:R},{s.TemperatureDegC:R}")));
        foreach (string rung in (string[])["ekf", "edge", model])
        {
            ISocEstimator own = rung == model ? new SocNetworkEstimator(cell, ModelCatalogue.Read(model)) : SocEstimators.All[rung](cell);
            own.Start(SocStart.Unknown);
            SocEstimate last = default;
            foreach (var sample in samples) last = own.Step(sample);
            string text = Run(example, path, rung, rows).Text;
            string[] words = text.Split(' ');
            output.WriteLine($"{Path.GetFileName(rung)}: {text.Trim()}");
            Assert.Equal("1200", words[0]);

            // The C library's mathematics on another processor may round a last digit otherwise; the float form has its own and does not.
            double tolerance = rung == "edge" ? 0 : 1e-9;
            Assert.Equal(last.Soc, double.Parse(words[1], CultureInfo.InvariantCulture), tolerance);
            Assert.Equal(last.SocLow, double.Parse(words[2], CultureInfo.InvariantCulture), tolerance);
            Assert.Equal(last.SocHigh, double.Parse(words[3], CultureInfo.InvariantCulture), tolerance);
            Assert.Equal((int)last.Validity, int.Parse(words[4], CultureInfo.InvariantCulture));
        }

        Assert.Equal((2, "No rung is called 'magic'. Known: count, ocv, ocv-count, ekf, ekf32, edge.\n"), Run(example, path, "magic", rows));
        Assert.Equal(3, Run(example, rows, "ekf", rows).Code);
    }

    (int Code, string Text) Run(string[] example, params string[] args)
    {
        var (code, text, error) = Clone.Run(_folder, "timeout", ["120", .. example, .. args]);
        return (code, text + error);
    }
}
