namespace AiBms.Battery.Estimation;

/// <summary>Turns samples of one cell into states of charge, one after the other, using nothing from the future.</summary>
/// <remarks>
/// An instance estimates one cell. <see cref="Step"/> neither allocates nor throws: bad data shows in
/// <see cref="SocEstimate.Validity"/>. Estimators are made by <see cref="SocEstimators"/>, the catalogue that the contract tests walk.
/// </remarks>
public interface ISocEstimator
{
    /// <summary>Forgets everything and starts again from what is known of the state of charge.</summary>
    void Start(SocStart start);

    /// <summary>Takes in the next sample and answers with the estimate at that moment.</summary>
    SocEstimate Step(in CellSample sample);
}
