namespace AiBms.Battery.Electrochemistry.Transport;

/// <summary>Block-tridiagonal matrix of a cell's (cₑ, φₑ, φₛ) with neighbours coupled c–c, φₑ–c, φₑ–φₑ and φₛ–φₛ only.</summary>
/// <remarks>Block LU without pivoting between blocks (Golub and Van Loan, 4th ed., section 4.5.1); blocks inverted by cofactors.</remarks>
sealed class TransportMatrix(int cells)
{
    /// <summary>Unknowns a cell.</summary>
    public const int Block = 3;

    const int Couplings = 4;

    readonly double[] _diagonal = new double[9 * cells], _lower = new double[Couplings * cells], _upper = new double[Couplings * cells];
    readonly double[] _elimination = new double[9 * cells];

    /// <summary>The 3 × 3 block of a cell, row-major, to be filled before <see cref="Factorise"/>.</summary>
    public Span<double> Diagonal(int cell) => _diagonal.AsSpan(9 * cell, 9);

    /// <summary>Couplings of a cell to the one before: c–c, φₑ–c, φₑ–φₑ, φₛ–φₛ.</summary>
    public Span<double> Lower(int cell) => _lower.AsSpan(Couplings * cell, Couplings);

    /// <summary>Couplings of a cell to the one after.</summary>
    public Span<double> Upper(int cell) => _upper.AsSpan(Couplings * cell, Couplings);

    /// <summary>Factorises in place; false when a block is singular or not finite.</summary>
    public bool Factorise()
    {
        for (int i = 0; i < cells; i++)
        {
            var d = Diagonal(i);
            if (i > 0)
            {
                var l = Lower(i);
                var e = _elimination.AsSpan(9 * (i - 1), 9);
                for (int j = 0; j < 3; j++)
                {
                    d[j] -= l[0] * e[j];
                    d[3 + j] -= l[1] * e[j] + l[2] * e[3 + j];
                    d[6 + j] -= l[3] * e[6 + j];
                }
            }

            if (!Invert(d)) return false;
            if (i == cells - 1) break;
            var u = Upper(i);
            var next = _elimination.AsSpan(9 * i, 9);
            for (int r = 0; r < 3; r++)
            {
                next[3 * r] = d[3 * r] * u[0] + d[3 * r + 1] * u[1];
                next[3 * r + 1] = d[3 * r + 1] * u[2];
                next[3 * r + 2] = d[3 * r + 2] * u[3];
            }
        }

        return true;
    }

    /// <summary>Solves in place; three values a cell.</summary>
    public void Solve(Span<double> b)
    {
        double c = 0, e = 0, s = 0;
        for (int i = 0; i < cells; i++)
        {
            var x = b.Slice(Block * i, Block);
            var d = Diagonal(i);
            var l = Lower(i);
            double b0 = x[0] - l[0] * c, b1 = x[1] - l[1] * c - l[2] * e, b2 = x[2] - l[3] * s;
            x[0] = c = d[0] * b0 + d[1] * b1 + d[2] * b2;
            x[1] = e = d[3] * b0 + d[4] * b1 + d[5] * b2;
            x[2] = s = d[6] * b0 + d[7] * b1 + d[8] * b2;
        }

        for (int i = cells - 2; i >= 0; i--)
        {
            var x = b.Slice(Block * i, Block);
            var m = _elimination.AsSpan(9 * i, 9);
            double n0 = c, n1 = e, n2 = s;
            x[0] = c = x[0] - m[0] * n0 - m[1] * n1 - m[2] * n2;
            x[1] = e = x[1] - m[3] * n0 - m[4] * n1 - m[5] * n2;
            x[2] = s = x[2] - m[6] * n0 - m[7] * n1 - m[8] * n2;
        }
    }

    static bool Invert(Span<double> d)
    {
        double c0 = d[4] * d[8] - d[5] * d[7], c1 = d[5] * d[6] - d[3] * d[8], c2 = d[3] * d[7] - d[4] * d[6];
        double inverse = 1 / (d[0] * c0 + d[1] * c1 + d[2] * c2);
        if (!double.IsFinite(inverse)) return false;
        double c3 = d[2] * d[7] - d[1] * d[8], c4 = d[0] * d[8] - d[2] * d[6], c5 = d[1] * d[6] - d[0] * d[7];
        double c6 = d[1] * d[5] - d[2] * d[4], c7 = d[2] * d[3] - d[0] * d[5], c8 = d[0] * d[4] - d[1] * d[3];
        (d[0], d[1], d[2]) = (c0 * inverse, c3 * inverse, c6 * inverse);
        (d[3], d[4], d[5]) = (c1 * inverse, c4 * inverse, c7 * inverse);
        (d[6], d[7], d[8]) = (c2 * inverse, c5 * inverse, c8 * inverse);
        return true;
    }
}
