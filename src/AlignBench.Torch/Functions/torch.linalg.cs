namespace TorchSharp;

public static partial class torch
{
    /// <summary>Decompositions, solvers, norms (LAPACK on the CPU).</summary>
    public static partial class linalg
    {
        /// <summary>Eigenvalues, ascending, and eigenvectors, in columns, of a symmetric matrix.</summary>
        /// <param name="UPLO">The half that is read: 'L' or 'U'.</param>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') =>
            Dispatcher.CallTwo("aten::linalg_eigh", input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') =>
            Dispatcher.Call("aten::linalg_eigvalsh", input, UPLO.ToString());

        /// <summary>U, the singular values descending, and V transposed.</summary>
        public static (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true) =>
            Dispatcher.CallThree("aten::linalg_svd", input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Dispatcher.Call("aten::linalg_svdvals", input);

        /// <summary>The lower factor.</summary>
        public static Tensor cholesky(Tensor input) => Dispatcher.Call("aten::linalg_cholesky", input);

        /// <summary>X with A X = B, or X A = B.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) =>
            Dispatcher.Call("aten::linalg_solve", A, B, left);

        public static Tensor inv(Tensor input) => Dispatcher.Call("aten::linalg_inv", input);

        public static Tensor det(Tensor input) => Dispatcher.Call("aten::linalg_det", input);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Norm(input, ord: null, dims, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Norm(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Dispatcher.Call("aten::linalg_norm.ord_str", input, ord, dims, keepdim);

        public static Tensor vector_norm(
            Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Dispatcher.Call("aten::linalg_vector_norm", input, ord, dims, keepdim);

        public static Tensor matrix_norm(
            Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Dispatcher.Call("aten::linalg_matrix_norm.str_ord", input, ord, dims ?? [-2, -1], keepdim);

        private static Tensor Norm(Tensor input, double? ord, long[]? dims, bool keepdim) =>
            Dispatcher.Call("aten::linalg_norm", input, ord, dims, keepdim);
    }
}
