namespace AlignBench.Tokenizers;

/// <summary>Kinds of pieces (sentencepiece_model.proto, SentencePiece.Type).</summary>
internal enum PieceKind
{
    /// <summary>Found in texts.</summary>
    Normal = 1,

    /// <summary>Stands for what has no piece.</summary>
    Unknown = 2,

    /// <summary>Never found in texts.</summary>
    Control = 3,

    /// <summary>Found in texts before all others, whole.</summary>
    UserDefined = 4,

    /// <summary>Not used.</summary>
    Unused = 5,

    /// <summary>One byte, spelled &lt;0xNN&gt;.</summary>
    Byte = 6,
}

/// <summary>A piece; its id is its place in the file.</summary>
internal sealed record SentencePiece(string Text, float Score, PieceKind Kind);

/// <summary>
/// What a SentencePiece .model says (sentencepiece 0.2, src/sentencepiece_model.proto); names and defaults
/// are the proto's.
/// </summary>
internal sealed record SentencePieceFile
{
    /// <summary>All pieces, by id.</summary>
    public required IReadOnlyList<SentencePiece> Pieces { get; init; }

    /// <summary>1 unigram, 2 BPE, 3 word, 4 char.</summary>
    public int ModelType { get; init; } = 1;

    public bool ByteFallback { get; init; }

    public bool TreatWhitespaceAsSuffix { get; init; }

    public string BosPiece { get; init; } = "<s>";

    public string EosPiece { get; init; } = "</s>";

    public string PadPiece { get; init; } = "<pad>";

    public bool AddDummyPrefix { get; init; } = true;

    public bool RemoveExtraWhitespaces { get; init; } = true;

    public bool EscapeWhitespaces { get; init; } = true;

    /// <summary>Replacements of nmt_nfkc and the like; empty for identity.</summary>
    public byte[] PrecompiledCharsMap { get; init; } = [];

    /// <summary>The id of a control piece, or null.</summary>
    public int? FindControl(string text)
    {
        for (int id = 0; id < Pieces.Count; id++)
        {
            if (Pieces[id].Kind == PieceKind.Control && Pieces[id].Text == text)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="CheckpointException">They are no SentencePiece model.</exception>
    public static SentencePieceFile Parse(ReadOnlySpan<byte> bytes, string file)
    {
        List<SentencePiece> pieces = [];
        SentencePieceFile model = new() { Pieces = pieces };
        ProtobufReader reader = new(bytes, file);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    pieces.Add(ParsePiece(reader.Bytes(), file, pieces.Count));
                    break;
                case 2:
                    model = ParseTrainer(model, reader.Bytes(), file);
                    break;
                case 3:
                    model = ParseNormalizer(model, reader.Bytes(), file);
                    break;
                default:
                    break;      // self test, denormalizer
            }
        }

        return pieces.Count > 0
            ? model
            : throw new CheckpointException($"{file}: not a SentencePiece model: no pieces.");
    }

    private static SentencePiece ParsePiece(ReadOnlySpan<byte> bytes, string file, int id)
    {
        string text = "";
        float score = 0;
        int kind = 1;
        ProtobufReader reader = new(bytes, file);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    text = reader.Text();
                    break;
                case 2:
                    score = reader.Single();
                    break;
                case 3:
                    kind = reader.Integer();
                    break;
                default:
                    break;
            }
        }

        if (text.Length is 0 or > 1024 || !float.IsFinite(score) || kind is < 1 or > 6)
        {
            throw new CheckpointException(
                $"{file}: piece {id}: a text of 1 to 1024 characters, a finite score and "
                + $"a type from 1 to 6 expected, got {text.Length} characters, {score}, {kind}.");
        }

        return new SentencePiece(text, score, (PieceKind)kind);
    }

    private static SentencePieceFile ParseTrainer(
        SentencePieceFile model, ReadOnlySpan<byte> bytes, string file)
    {
        ProtobufReader reader = new(bytes, file);
        while (reader.Next())
        {
            model = reader.Field switch
            {
                3 => model with { ModelType = reader.Integer() },
                24 => model with { TreatWhitespaceAsSuffix = reader.Flag() },
                35 => model with { ByteFallback = reader.Flag() },
                46 => model with { BosPiece = reader.Text() },
                47 => model with { EosPiece = reader.Text() },
                48 => model with { PadPiece = reader.Text() },
                _ => model,
            };
        }

        return model;
    }

    private static SentencePieceFile ParseNormalizer(
        SentencePieceFile model, ReadOnlySpan<byte> bytes, string file)
    {
        ProtobufReader reader = new(bytes, file);
        while (reader.Next())
        {
            model = reader.Field switch
            {
                2 => model with { PrecompiledCharsMap = reader.Bytes().ToArray() },
                3 => model with { AddDummyPrefix = reader.Flag() },
                4 => model with { RemoveExtraWhitespaces = reader.Flag() },
                5 => model with { EscapeWhitespaces = reader.Flag() },
                _ => model,
            };
        }

        return model;
    }
}
