using AiBms.Bench;

// dotnet run -c Release --project bench/AiBms.Bench -- csv
// dotnet run -c Release --project bench/AiBms.Bench -- soc cells/lg_hg2.json
return args switch
{
    ["csv"] => CsvImport.Run(Console.Out),
    ["soc", var cellFile] => SocStep.Run(Console.Out, cellFile),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project bench/AiBms.Bench -- csv | soc CELL_FILE");
    return 2;
}
