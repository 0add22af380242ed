namespace AlignBench.Models;

/// <summary>What the published encoders of one kind have in common.</summary>
/// <param name="Name">In words.</param>
/// <param name="Modality">What they encode.</param>
/// <param name="Licence">Of the weights; SPDX where there is an identifier.</param>
/// <param name="Preprocessing">In words; the numbers are the checkpoint's own files'.</param>
public sealed record EncoderFamily(string Name, string Modality, string Licence, string Preprocessing);

/// <summary>A published encoder.</summary>
public sealed record EncoderEntry
{
    /// <summary>The branch of a repository that is not pinned.</summary>
    public const string Main = "main";

    /// <summary>Its place on the Hugging Face hub.</summary>
    public required string HubId { get; init; }

    public required EncoderFamily Family { get; init; }

    /// <summary>Of its config.json; see <see cref="EncoderLoader.ModelTypes"/>.</summary>
    public required string ModelType { get; init; }

    /// <summary>As published: a head is included where its weights are its own.</summary>
    public required long Parameters { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L, blocks; of a ResNet its four stages.</summary>
    public required int Depth { get; init; }

    /// <summary>D and L of the text side, where there is an image side too.</summary>
    public (int Width, int Depth)? Text { get; init; }

    /// <summary>Bytes that a parameter takes in the repository's weights.</summary>
    public int BytesPerParameter { get; init; } = sizeof(float);

    /// <summary>
    /// The commit that several public projects pin and name beside this repository; <see cref="Main"/> where no
    /// such is known.
    /// </summary>
    public string Revision { get; init; } = Main;

    /// <summary>Short name, unique here: the id's last part.</summary>
    public string Name => HubId[(HubId.LastIndexOf('/') + 1)..];

    /// <summary>Size of the weights on disk, but for headers.</summary>
    public long Bytes => Parameters * BytesPerParameter;
}
