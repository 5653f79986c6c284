#:project ../src/AiBms.Learning/AiBms.Learning.csproj
// A cell lives a thousand cycles: film, plating, cracks and stress, what each took, and a picture of capacity, losses and dV/dQ.
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Learning.Physics;

string json = File.ReadAllText(Path.Combine(Home(), "cells", "physics", "okane2022.json"));
var set = ParameterSetReader.Read(json);
var cell = new SpmSystem(set, new() { WithElectrolyte = true, ParticleTerms = 8, Ageing = AgeingReader.Read(json) }) { Tolerance = 3e-4 };
var cycle = new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C until 2.5 V; Charge at 0.3C until 4.2 V; Hold at 4.2 V until C/20");
var life = new LifeRunner(cell, cycle, new());
var points = life.Run(1000);
Console.WriteLine(life.Failure is { } failure ? $"ended early: {failure.Step.Text}" : "a thousand cycles, most of them jumped over");

foreach (int wanted in (int[])[1, 10, 1000])
{
    var point = points.MinBy(p => Math.Abs(p.Cycle - wanted))!;
    Console.WriteLine($"cycle {point.Cycle,4}: {point.Losses.CapacityAh:0.00} Ah, lithium lost {100 * point.Losses.LithiumLossFraction:0.0} %, negative material {100 * point.Losses.NegativeLossFraction:0.0} %, resistance {1000 * point.ResistanceOhm:0} mΩ");
}

string picture = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "a-thousand-cycles.png");
LifeFigure.Save(points, "LG M50 of OKane2022: 1C down, 0.3C up", picture);

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
