using System.Text;

namespace AlignBench.Fuzz;

/// <summary>A parser, and files that it is to be given in damaged form.</summary>
/// <param name="Name">One word.</param>
/// <param name="IsText">Whether damage that leaves the file readable is worth trying too.</param>
/// <param name="Seeds">Small whole files.</param>
/// <param name="Use">Parses the damaged bytes; may use the folder, which is empty but for what it wrote there.</param>
public sealed record FuzzTarget(string Name, bool IsText, byte[][] Seeds, Action<byte[], string> Use)
{
    private const int MostDamages = 4;
    private const long MostAllocated = 1L << 30;

    /// <summary>The damaged file of this number: the same in every run.</summary>
    public byte[] Case(int number)
    {
        Random random = new(number);
        byte[] file = Seeds[random.Next(Seeds.Length)];
        int damages = random.Next(1, MostDamages + 1);
        for (int i = 0; i < damages && file.Length > 0; i++)
        {
            file = IsText && random.Next(2) == 0 ? Damage.OfText(file, random) : Damage.Of(file, random);
        }

        return file;
    }

    /// <summary>Runs one case.</summary>
    /// <param name="number">Of the case.</param>
    /// <param name="folder">For files.</param>
    /// <returns>What is wrong with the parser, or null: an answer and a clear error are both right.</returns>
    public string? Run(int number, string folder)
    {
        byte[] file = Case(number);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Use(file, folder);
        }
        catch (AlignBenchException e)
        {
            if (string.IsNullOrWhiteSpace(e.Message))
            {
                return "an error without words";
            }
        }
        catch (Exception e)
        {
            return new StringBuilder(e.ToString()).Replace("\n", " | ").ToString();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > MostAllocated ? $"allocated {allocated} bytes for a file of {file.Length}" : null;
    }
}
