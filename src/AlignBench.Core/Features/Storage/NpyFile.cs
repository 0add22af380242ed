using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AlignBench.Features.Storage;

/// <summary>Reads matrices that <c>numpy.save</c> wrote (NumPy's format, versions 1 to 3; never pickled objects).</summary>
internal static class NpyFile
{
    private const int FixedLength = 8;         // magic and version
    private static readonly byte[] s_magic = [0x93, .. "NUMPY"u8];

    // {'descr': '<f4', 'fortran_order': False, 'shape': (1000, 384), }
    private static readonly Regex s_type = new(@"'descr':\s*'([^']*)'");
    private static readonly Regex s_order = new(@"'fortran_order':\s*(True|False)");
    private static readonly Regex s_shape = new(@"'shape':\s*\(([\d\s,]*)\)");

    /// <returns>[n, d], widened to float64.</returns>
    /// <exception cref="DataException">It is no such file, or no matrix of floats.</exception>
    public static FeatureMatrix Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        string header = ReadHeader(path, stream);
        string type = Match(s_type, header, path, "descr").Groups[1].Value;
        bool isFortran = Match(s_order, header, path, "fortran_order").Groups[1].Value == "True";
        int[] shape =
        [
            .. Match(s_shape, header, path, "shape").Groups[1].Value
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(size => int.Parse(size, CultureInfo.InvariantCulture)),
        ];
        if (shape.Length != 2)
        {
            throw new DataException($"{path}: expected a matrix (n, d), got shape ({string.Join(", ", shape)})");
        }

        double[] values = ReadValues(path, stream, type, (long)shape[0] * shape[1]);
        return new FeatureMatrix(shape[0], shape[1], isFortran ? Transpose(values, shape[0], shape[1]) : values);
    }

    private static string ReadHeader(string path, FileStream stream)
    {
        byte[] start = new byte[FixedLength + sizeof(uint)];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().StartsWith(s_magic))
        {
            throw new DataException($"{path}: not a .npy file: expected the bytes 93 'NUMPY' at its start");
        }

        int version = start[s_magic.Length];
        int lengthBytes = version == 1 ? sizeof(ushort) : sizeof(uint);
        long length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(FixedLength))
            : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(FixedLength));
        stream.Position = FixedLength + lengthBytes;
        if (length > stream.Length - stream.Position)
        {
            throw new DataException($"{path}: cut short: its header should have {length} bytes");
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        return Encoding.UTF8.GetString(text);
    }

    private static Match Match(Regex pattern, string header, string path, string key)
    {
        Match match = pattern.Match(header);
        return match.Success ? match : throw new DataException($"{path}: its header has no usable '{key}': {header.Trim()}");
    }

    private static double[] ReadValues(string path, FileStream stream, string type, long count)
    {
        int width = type switch
        {
            "<f8" or ">f8" => sizeof(double),
            "<f4" or ">f4" => sizeof(float),
            "<f2" or ">f2" => sizeof(ushort),
            _ => throw new DataException($"{path}: expected floats (f2, f4 or f8), got '{type}'"),
        };
        if (stream.Length - stream.Position != count * width)
        {
            throw new DataException(
                $"{path}: expected {count * width} bytes of values, got {stream.Length - stream.Position}");
        }

        bool isBig = type[0] == '>';
        double[] values = new double[count];
        byte[] row = new byte[width];
        using BufferedStream buffered = new(stream, 1 << 16);
        for (long i = 0; i < count; i++)
        {
            buffered.ReadExactly(row);
            values[i] = width switch
            {
                sizeof(double) => isBig ? BinaryPrimitives.ReadDoubleBigEndian(row) : BinaryPrimitives.ReadDoubleLittleEndian(row),
                sizeof(float) => isBig ? BinaryPrimitives.ReadSingleBigEndian(row) : BinaryPrimitives.ReadSingleLittleEndian(row),
                _ => (double)(isBig ? BinaryPrimitives.ReadHalfBigEndian(row) : BinaryPrimitives.ReadHalfLittleEndian(row)),
            };
        }

        return values;
    }

    private static double[] Transpose(double[] columns, int n, int d)
    {
        double[] rows = new double[columns.Length];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                rows[(i * d) + j] = columns[(j * n) + i];
            }
        }

        return rows;
    }
}
