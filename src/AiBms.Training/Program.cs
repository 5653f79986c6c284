using System.Text;
using AiBms.Cli;
using AiBms.Cli.Shell;
using AiBms.Learning.Training;
using AiBms.Training;

using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
TrainingLibrary library = new();
return CommandLine.Run(args, new Talk(output, Console.Error, Screen.OfThisProcess()), new Extras { Trainers = [.. Trainers.With(library), .. NetworkTrainers.All], Library = library, OpenOnnx = OnnxModels.Open });
