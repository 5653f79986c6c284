namespace AiBms.Numerics;

/// <summary>LU factors of small dense matrices on spans, row-major, with partial pivoting. The caller owns the memory.</summary>
/// <remarks>Source: Golub and Van Loan, "Matrix Computations", 4th ed., algorithm 3.4.1.</remarks>
public static class LowerUpper
{
    /// <summary>Factorises an n × n matrix in place; <paramref name="pivot"/> records the row exchanges.</summary>
    /// <returns>False when the matrix is singular or not finite.</returns>
    public static bool Factorise(Span<double> a, Span<int> pivot, int n)
    {
        for (int k = 0; k < n; k++)
        {
            int best = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(a[i * n + k]) > Math.Abs(a[best * n + k])) best = i;
            pivot[k] = best;
            if (best != k)
                for (int j = 0; j < n; j++) (a[k * n + j], a[best * n + j]) = (a[best * n + j], a[k * n + j]);
            double inverse = 1 / a[k * n + k];
            if (!double.IsFinite(inverse)) return false;
            var top = a.Slice(k * n + k + 1, n - k - 1);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] *= inverse;
                var row = a.Slice(i * n + k + 1, n - k - 1);
                for (int j = 0; j < row.Length; j++) row[j] -= factor * top[j];
            }
        }

        return true;
    }

    /// <summary>Solves in place with the factors of <see cref="Factorise"/>.</summary>
    public static void Solve(ReadOnlySpan<double> a, ReadOnlySpan<int> pivot, int n, Span<double> b)
    {
        for (int k = 0; k < n; k++)
            if (pivot[k] != k) (b[k], b[pivot[k]]) = (b[pivot[k]], b[k]);
        for (int i = 1; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++) sum -= a[i * n + j] * b[j];
            b[i] = sum;
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++) sum -= a[i * n + j] * b[j];
            b[i] = sum / a[i * n + i];
        }
    }
}
