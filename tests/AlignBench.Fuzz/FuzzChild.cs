using System.IO.MemoryMappedFiles;

namespace AlignBench.Fuzz;

/// <summary>Runs cases one after the other in a process that may well end in the middle of one.</summary>
internal static class FuzzChild
{
    /// <param name="target">The parser.</param>
    /// <param name="first">Number of the first case.</param>
    /// <param name="end">The number behind the last.</param>
    /// <param name="progressFile">Always holds the number of the case that is being run: 4 bytes.</param>
    public static void Run(FuzzTarget target, int first, int end, string progressFile)
    {
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(progressFile, FileMode.Open);
        using MemoryMappedViewAccessor progress = file.CreateViewAccessor(0, sizeof(int));
        string folder = Directory.CreateDirectory(progressFile + ".files").FullName;
        for (int i = first; i < end; i++)
        {
            progress.Write(0, i);
            string? finding = target.Run(i, folder);
            if (finding is not null)
            {
                Console.WriteLine($"{target.Name} {i}: {finding}");
            }
        }

        progress.Write(0, end);
        Directory.Delete(folder, recursive: true);
    }
}
