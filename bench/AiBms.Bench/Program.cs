using AiBms.Bench;

// dotnet run -c Release --project bench/AiBms.Bench -- csv
// dotnet run -c Release --project bench/AiBms.Bench -- soc cells/lg_hg2.json
// dotnet run -c Release --project bench/AiBms.Bench -- soc-model cells/lg_hg2.json models/soc_gru-measures_lg_hg2.json
// dotnet run -c Release --project bench/AiBms.Bench -- train
// dotnet run -c Release --project bench/AiBms.Bench -- pack cells/nmc_aibms_60ah_2026.json packs/ev_96s2p_immersion.json
// dotnet run -c Release --project bench/AiBms.Bench -- twin .
// dotnet run -c Release --project bench/AiBms.Bench -- gateway .
// dotnet run -c Release --project bench/AiBms.Bench -- fleet . ["Host=127.0.0.1;Database=empty;Username=aibms"|- [FRAMES_A_SECOND]]
// bench/with-postgres.sh fleet .     (a PostgreSQL of its own; store and many likewise)
// dotnet run -c Release --project bench/AiBms.Bench -- store "Host=127.0.0.1;Database=empty;Username=aibms"
// dotnet run -c Release --project bench/AiBms.Bench -- many . PACKS FRAMES_A_BATCH MINUTES ["Host=127.0.0.1;Database=empty;Username=aibms"]
return args switch
{
    ["csv"] => CsvImport.Run(Console.Out),
    ["soc", var cellFile] => SocStep.Run(Console.Out, cellFile),
    ["soc-model", var cellFile, var modelFile] => SocModelStep.Run(Console.Out, cellFile, modelFile),
    ["train"] => TrainingPace.Run(Console.Out),
    ["pack", var cellFile, var packFile] => PackStep.Run(Console.Out, cellFile, packFile),
    ["twin", var folder] => TwinStep.Run(Console.Out, folder),
    ["gateway", var folder] => Gateway.Run(Console.Out, Path.GetFullPath(folder), null),
    ["gateway", var folder, var published] => Gateway.Run(Console.Out, Path.GetFullPath(folder), Path.GetFullPath(published)),
    ["fleet", var folder, .. var rest] when rest.Length <= 2 => await FleetLoad.RunAsync(Console.Out, Path.GetFullPath(folder), rest is [var address, ..] && address != "-" ? address : null, rest is [_, var pace] ? Whole(pace) : 0),
    ["many", var folder, var packs, var frames, var minutes] => await ManyPacks.RunAsync(Console.Out, Path.GetFullPath(folder), Whole(packs), Whole(frames), Whole(minutes), null),
    ["many", var folder, var packs, var frames, var minutes, var address] => await ManyPacks.RunAsync(Console.Out, Path.GetFullPath(folder), Whole(packs), Whole(frames), Whole(minutes), address),
    ["store"] => StoreIngest.Run(Console.Out, null),
    ["store", var address] => StoreIngest.Run(Console.Out, address),
    _ => Usage(),
};

static int Whole(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project bench/AiBms.Bench -- csv | soc CELL_FILE | soc-model CELL_FILE MODEL_FILE | train | pack CELL_FILE PACK_FILE | twin FOLDER_OF_THE_PROJECT | gateway FOLDER_OF_THE_PROJECT [FOLDER_OF_PUBLISHED_PROGRAMS] | fleet FOLDER_OF_THE_PROJECT [EMPTY_DATABASE|- [FRAMES_A_SECOND]] | store [EMPTY_DATABASE] | many FOLDER_OF_THE_PROJECT PACKS FRAMES_A_BATCH MINUTES [EMPTY_DATABASE]");
    return 2;
}
