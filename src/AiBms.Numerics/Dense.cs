namespace AiBms.Numerics;

/// <summary>Small dense linear algebra on spans, row-major. The caller owns the memory.</summary>
public static class Dense
{
    /// <summary>Factorises a symmetric positive definite n × n matrix in place: lower triangle becomes L with A = L·Lᵀ.</summary>
    /// <returns>False when the matrix is not positive definite; its content is then undefined.</returns>
    public static bool Cholesky(Span<double> a, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, n * n);
        for (int j = 0; j < n; j++)
        {
            var rowJ = a.Slice(j * n, n);
            double d = rowJ[j];
            for (int k = 0; k < j; k++) d -= rowJ[k] * rowJ[k];
            if (!(d > 0)) return false;
            d = rowJ[j] = Math.Sqrt(d);
            for (int i = j + 1; i < n; i++)
            {
                var rowI = a.Slice(i * n, n);
                double s = rowI[j];
                for (int k = 0; k < j; k++) s -= rowI[k] * rowJ[k];
                rowI[j] = s / d;
            }
        }

        return true;
    }

    /// <summary>Solves L·Lᵀ·x = b in place with a factor from <see cref="Cholesky"/>.</summary>
    public static void CholeskySolve(ReadOnlySpan<double> l, int n, Span<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(l.Length, n * n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, n);
        for (int i = 0; i < n; i++)
        {
            double s = b[i];
            for (int k = 0; k < i; k++) s -= l[i * n + k] * b[k];
            b[i] = s / l[i * n + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double s = b[i];
            for (int k = i + 1; k < n; k++) s -= l[k * n + i] * b[k];
            b[i] = s / l[i * n + i];
        }
    }
}
