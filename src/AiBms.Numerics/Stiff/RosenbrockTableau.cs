namespace AiBms.Numerics.Stiff;

/// <summary>Coefficients of a stiffly accurate Rosenbrock–Wanner method in the transformed form of Hairer and Wanner.</summary>
/// <remarks>
/// A·uᵢ = f(t + αᵢh, y + Σⱼ aᵢⱼuⱼ) + M·Σⱼ (cᵢⱼ/h)·uⱼ + δᵢ·h·∂f/∂t with A = M/(hγ) − J; y₁ is the last stage's argument plus its u,
/// and that last u is the error estimate. Dense output: y(θ) = (1−θ)y₀ + θ(y₁ + (1−θ)(k₁ + θk₂)), k = H·u.
/// Source: Hairer and Wanner, "Solving Ordinary Differential Equations II", 2nd ed., 1996, section IV.7 and chapter VI.
/// </remarks>
public sealed record RosenbrockTableau
{
    /// <summary>Name in the literature.</summary>
    public required string Name { get; init; }

    /// <summary>Order of the solution; the embedded estimate is one lower.</summary>
    public required int Order { get; init; }

    /// <summary>γ, the diagonal.</summary>
    public required double Gamma { get; init; }

    /// <summary>aᵢⱼ by rows, strictly lower; its length is the number of stages.</summary>
    public required double[][] A { get; init; }

    /// <summary>cᵢⱼ by rows, strictly lower.</summary>
    public required double[][] C { get; init; }

    /// <summary>αᵢ, the abscissae.</summary>
    public required double[] Alpha { get; init; }

    /// <summary>δᵢ, the weights of ∂f/∂t.</summary>
    public required double[] Delta { get; init; }

    /// <summary>Rows of H for dense output; empty rows mean a straight line.</summary>
    public required double[][] Dense { get; init; }

    /// <summary>Order 3, four stages, three evaluations. Sandu et al., Atmos. Environ. 31 (1997) 3459, doi:10.1016/S1352-2310(97)83212-8.</summary>
    public static RosenbrockTableau Rodas3 { get; } = new()
    {
        Name = "RODAS3",
        Order = 3,
        Gamma = 0.5,
        A = [[], [0], [2, 0], [2, 0, 1]],
        C = [[], [4], [1, -1], [1, -1, -8.0 / 3]],
        Alpha = [0, 0, 1, 1],
        Delta = [0.5, 1.5, 0, 0],
        Dense = [[], []],
    };

    /// <summary>Order 4, six stages, little order reduction on DAEs and parabolic problems. Steinebach (2020), doi:10.1007/978-3-030-53905-4_6.</summary>
    public static RosenbrockTableau Rodas4P2 { get; } = new()
    {
        Name = "RODAS4P2",
        Order = 4,
        Gamma = 0.25,
        A =
        [
            [],
            [3],
            [0.906377755268814, -0.189707390391685],
            [3.758617027739064, 1.161741776019525, -0.849258085312803],
            [7.089566927282776, 4.573591406461604, -8.423496976860259, -0.959280113459775],
            [7.089566927282776, 4.573591406461604, -8.423496976860259, -0.959280113459775, 1],
        ],
        C =
        [
            [],
            [-12],
            [-6.354581592719008, 0.338972550544623],
            [-8.575016317114033, -7.606483992117508, 12.22499765012482],
            [-5.888975457523102, -8.157396617841821, 24.805546872612922, 12.790401512796979],
            [-4.408651676063871, -6.692003137674639, 24.625568527593117, 16.627521966636085, -5.714285714285718],
        ],
        Alpha = [0, 0.75, 0.321448134013046, 0.519745732277726, 1, 1],
        Delta = [0.25, -0.5, -0.189532918363016, 0.085612108792769, 0, 0],
        Dense =
        [
            [-5.323528268423303, -10.042123754867493, 17.175254928256965, -5.079931171878093, -0.016185991706112],
            [6.984505741529879, 6.914061169603662, -0.849178943070653, 18.104410789349338, -3.516963011559032],
        ],
    };
}
