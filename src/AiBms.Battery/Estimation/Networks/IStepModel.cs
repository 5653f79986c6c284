namespace AiBms.Battery.Estimation.Networks;

/// <summary>A model that is fed a sample at a time and remembers what it needs: ours, or one that another runtime runs.</summary>
public interface IStepModel
{
    /// <summary>Forgets everything seen.</summary>
    void Start();

    /// <summary>Takes in one sample.</summary>
    /// <param name="inputs">Values of the model's inputs, each in its unit.</param>
    /// <returns>Values of the outputs, each in its unit, valid until the next step.</returns>
    ReadOnlySpan<double> Step(ReadOnlySpan<double> inputs);
}
