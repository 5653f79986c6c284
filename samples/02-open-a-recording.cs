#:project ../src/AiBms.Telemetry/AiBms.Telemetry.csproj
// Any dialect in, our units and signs out: what does the file hold?
using AiBms.Telemetry.Readings;

var recording = RecordingDoor.Open(Path.Combine(Home(), "data", "charge.csv"));

double hours = (recording.TimeS[^1] - recording.TimeS[0]) / 3600;
Console.WriteLine($"{recording.Name}: {recording.RowCount} rows over {hours:0.00} h");
Console.WriteLine($"voltage {recording.VoltageV.Min():0.00} to {recording.VoltageV.Max():0.00} V, largest charge current {recording.CurrentA.Max():0.00} A");
Console.WriteLine($"rows that cannot be used: {recording.Flags.Count(flags => flags != RowFlags.None)}");

// Current is positive while charging, whatever the file's own sign was.
double chargedAh = 0;
for (int row = 1; row < recording.RowCount; row++) chargedAh += recording.CurrentA[row] * (recording.TimeS[row] - recording.TimeS[row - 1]) / 3600;
Console.WriteLine($"charge put in: {chargedAh:0.00} Ah");

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
