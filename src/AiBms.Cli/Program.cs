using AiBms.Cli;

return Verbs.Run(args);
