namespace AiBms.Learning.Boards.Health;

/// <summary>What an aim is about.</summary>
public enum HealthFigure
{
    /// <summary>Mean absolute error relative to the truth.</summary>
    Mape,

    /// <summary>The same averaged over groups, each weighing the same.</summary>
    MeanMape,

    /// <summary>Root mean square error in the target's unit.</summary>
    Rmse,
}
