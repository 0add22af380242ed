using System.Runtime.InteropServices;

using AlignBench.Interop;

namespace TorchSharp;

/// <summary>The exports of libalignbench_torch.so; who owns what is said in src/native/torch/.</summary>
internal static unsafe partial class TorchNative
{
    private const string Library = "alignbench_torch";

    // libtorch, OpenBLAS and OpenMP read their environment when they load: nothing here may run before it is
    // set.
    static TorchNative() => NativeEnvironment.Prepare();

    /// <exception cref="ExternalException">libtorch threw; its own words.</exception>
    public static void Check(int status)
    {
        if (status != 0)
        {
            Throw();
        }
    }

    private static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8((nint)LastError()));

    [LibraryImport(Library, EntryPoint = "ab_torch_last_error")]
    private static partial byte* LastError();

    [LibraryImport(Library, EntryPoint = "ab_torch_version")]
    public static partial byte* Version();

    [LibraryImport(
        Library, EntryPoint = "ab_torch_operator_find", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OperatorFind(string name, string overload, out int id);

    [LibraryImport(Library, EntryPoint = "ab_torch_invoke")]
    public static partial int Invoke(
        int id,
        NativeValue* arguments,
        int argumentCount,
        NativeValue* results,
        int resultCapacity,
        int* resultCount);

    [LibraryImport(Library, EntryPoint = "ab_torch_results_take")]
    public static partial int ResultsTake(NativeValue* results, int count);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_free")]
    public static partial void TensorFree(nint tensor);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_alias")]
    public static partial int TensorAlias(TensorHandle tensor, out TensorHandle alias);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_describe")]
    public static partial int TensorDescribe(TensorHandle tensor, out TensorDescription description);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_data")]
    public static partial int TensorData(TensorHandle tensor, out void* data);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_from_memory")]
    public static partial int TensorFromMemory(
        void* data,
        long* sizes,
        int dimensions,
        int dtype,
        delegate* unmanaged[Cdecl]<nint, void> release,
        nint context,
        out TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_requires_grad")]
    public static partial int TensorRequiresGrad(TensorHandle tensor, out int requiresGrad);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_set_requires_grad")]
    public static partial int TensorSetRequiresGrad(TensorHandle tensor, int requiresGrad);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_is_leaf")]
    public static partial int TensorIsLeaf(TensorHandle tensor, out int isLeaf);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_retain_grad")]
    public static partial int TensorRetainGrad(TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_grad")]
    public static partial int TensorGrad(TensorHandle tensor, out TensorHandle grad);

    [LibraryImport(Library, EntryPoint = "ab_torch_tensor_set_grad")]
    public static partial int TensorSetGrad(TensorHandle tensor, TensorHandle grad);

    [LibraryImport(Library, EntryPoint = "ab_torch_backward")]
    public static partial int Backward(
        nint* tensors,
        int tensorCount,
        nint* grads,
        int gradCount,
        int retainGraph,
        int createGraph,
        nint* inputs,
        int inputCount);

    [LibraryImport(Library, EntryPoint = "ab_torch_grad")]
    public static partial int Grad(
        nint* outputs,
        int outputCount,
        nint* inputs,
        int inputCount,
        nint* grads,
        int gradCount,
        int retainGraph,
        int createGraph,
        int allowUnused,
        nint* gradients);

    [LibraryImport(Library, EntryPoint = "ab_torch_grad_mode")]
    public static partial int GradMode(out int enabled);

    [LibraryImport(Library, EntryPoint = "ab_torch_set_grad_mode")]
    public static partial int SetGradMode(int enabled);

    [LibraryImport(Library, EntryPoint = "ab_torch_inference_mode")]
    public static partial int InferenceMode(out int enabled);

    [LibraryImport(Library, EntryPoint = "ab_torch_inference_guard_new")]
    public static partial int InferenceGuardNew(int enabled, out InferenceGuardHandle guard);

    [LibraryImport(Library, EntryPoint = "ab_torch_inference_guard_free")]
    public static partial void InferenceGuardFree(nint guard);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_new")]
    public static partial int GeneratorNew(
        int deviceType, int deviceIndex, ulong seed, out GeneratorHandle generator);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_default")]
    public static partial int GeneratorDefault(out GeneratorHandle generator);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_free")]
    public static partial void GeneratorFree(nint generator);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_seed")]
    public static partial int GeneratorSeed(GeneratorHandle generator, out ulong seed);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_set_seed")]
    public static partial int GeneratorSetSeed(GeneratorHandle generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_state")]
    public static partial int GeneratorState(GeneratorHandle generator, out TensorHandle state);

    [LibraryImport(Library, EntryPoint = "ab_torch_generator_set_state")]
    public static partial int GeneratorSetState(GeneratorHandle generator, TensorHandle state);

    [LibraryImport(Library, EntryPoint = "ab_torch_manual_seed")]
    public static partial int ManualSeed(ulong seed);

    [LibraryImport(Library, EntryPoint = "ab_torch_threads")]
    public static partial int Threads(out int threads);

    [LibraryImport(Library, EntryPoint = "ab_torch_set_threads")]
    public static partial int SetThreads(int threads);

    [LibraryImport(Library, EntryPoint = "ab_torch_interop_threads")]
    public static partial int InteropThreads(out int threads);

    [LibraryImport(Library, EntryPoint = "ab_torch_set_interop_threads")]
    public static partial int SetInteropThreads(int threads);

    [LibraryImport(Library, EntryPoint = "ab_torch_cuda_devices")]
    public static partial int CudaDevices(out int devices);
}
