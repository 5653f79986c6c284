using AiBms.Bench;

// dotnet run -c Release --project bench/AiBms.Bench -- csv
return args switch
{
    ["csv"] => CsvImport.Run(Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project bench/AiBms.Bench -- csv");
    return 2;
}
