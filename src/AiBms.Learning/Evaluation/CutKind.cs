namespace AiBms.Learning.Evaluation;

/// <summary>Why a place was chosen to start an estimator.</summary>
public enum CutKind
{
    /// <summary>In the middle of driving, history withheld: the headline.</summary>
    Drive,

    /// <summary>The last row of a rest: the voltage is close to open circuit, history withheld.</summary>
    AfterRest,

    /// <summary>The recording's own start. Where runs start full at rest it proves little, and is never the headline.</summary>
    FileStart,
}
