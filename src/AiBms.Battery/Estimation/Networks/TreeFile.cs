namespace AiBms.Battery.Estimation.Networks;

/// <summary>One regression tree: node k goes to <see cref="Left"/> where its input lies at or below <see cref="Values"/>, else to the node after that.</summary>
public sealed record TreeFile
{
    /// <summary>Input that each node looks at; −1 in a leaf.</summary>
    public required int[] Input { get; init; }

    /// <summary>Node for lower values, the next one being for higher; 0 in a leaf.</summary>
    public required int[] Left { get; init; }

    /// <summary>Threshold of a node, of its input's scaled unit; what a leaf gives.</summary>
    public required float[] Values { get; init; }

    /// <summary>What the tree gives.</summary>
    public float At(ReadOnlySpan<float> inputs)
    {
        int node = 0;
        while (Input[node] >= 0) node = Left[node] + (inputs[Input[node]] <= Values[node] ? 0 : 1);
        return Values[node];
    }

    /// <summary>What is wrong with it in words; null when it can be used.</summary>
    public string? Fault(int inputCount)
    {
        if (Input.Length == 0 || Left.Length != Input.Length || Values.Length != Input.Length) return "a tree has one input, branch and value a node";
        for (int k = 0; k < Input.Length; k++)
        {
            // Branches only go forward, so that every walk ends.
            if (Input[k] >= 0 && (Input[k] >= inputCount || Left[k] <= k || Left[k] + 1 >= Input.Length)) return $"node {k} of a tree points nowhere";
        }

        return null;
    }
}
