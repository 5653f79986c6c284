using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board</c>: published scores, made again by one command each.</summary>
static class BoardCommand
{
    public static Verb Create() =>
        new("board", "Score methods by a published protocol.", "board soc --set lg_hg2")
        {
            BoardAllCommand.Create(), BoardSocCommand.Create(), BoardHealthCommand.Soh(), BoardHealthCommand.Rul(), BoardTemperatureCommand.Create(), BoardPackCommand.Create(), BoardPhysicsCommand.Create(), BoardReplayCommand.Create(), BoardTwinCommand.Create(), BoardControlCommand.Create(), BoardEdgeCommand.Create(),
        };
}
