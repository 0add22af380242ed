using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public class UnicodeFormTests
{
    private static readonly UnicodeForm s_nfc = new(compatible: false, composes: true);
    private static readonly UnicodeForm s_nfd = new(compatible: false, composes: false);
    private static readonly UnicodeForm s_nfkc = new(compatible: true, composes: true);

    [Theory]
    [InlineData("e\u0301", "\u00E9")]                   // e + acute
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]        // Hangul, three letters to a syllable
    [InlineData("\u212B", "\u00C5")]                    // Angstrom sign
    [InlineData("a\u0315\u0300", "\u00E0\u0315")]       // sorted by class 230 before 232, then composed
    [InlineData("\u0958", "\u0915\u093C")]              // excluded from composition
    public void Nfc_KnownTexts_AreComposed(string text, string expected) =>
        Assert.Equal(expected, Run(s_nfc, text));

    [Theory]
    [InlineData("\u00E9", "e\u0301")]
    [InlineData("\uD55C", "\u1112\u1161\u11AB")]
    [InlineData("\u1E9B\u0323", "\u017F\u0323\u0307")]  // UAX #15, figure 6
    public void Nfd_KnownTexts_AreDecomposed(string text, string expected) =>
        Assert.Equal(expected, Run(s_nfd, text));

    [Theory]
    [InlineData("\uFB01", "fi")]
    [InlineData("\u00B2", "2")]
    [InlineData("\u1E9B\u0323", "\u1E69")]              // UAX #15, figure 6
    public void Nfkc_KnownTexts_AreFolded(string text, string expected) =>
        Assert.Equal(expected, Run(s_nfkc, text));

    [Fact]
    public void Forms_RandomTexts_AreStable()
    {
        Random random = new(5);
        for (int round = 0; round < 300; round++)
        {
            string text = string.Concat(Enumerable.Range(0, 12)
                .Select(_ => char.ConvertFromUtf32(random.Next(7) switch
                {
                    0 => random.Next(0x300, 0x350),
                    1 => random.Next(0xAC00, 0xD7A4),
                    2 => random.Next(0x1100, 0x1200),
                    3 => random.Next(0x1E00, 0x2000),
                    4 => random.Next(0x900, 0xA00),
                    _ => random.Next(0x41, 0x250),
                })));
            string composed = Run(s_nfc, text);

            Assert.Equal(composed, Run(s_nfc, composed));
            Assert.Equal(composed, Run(s_nfc, Run(s_nfd, text)));
            Assert.Equal(Run(s_nfd, text), Run(s_nfd, composed));
        }
    }

    // The composed letter stands where its base stood, as in the Rust crate: offset 0, length 1.
    [Fact]
    public void Nfc_Aligned_ComposedLetterHasItsBasesPlace()
    {
        AlignedText source = new();
        AlignedText target = new();
        source.Load("e\u0301x", aligned: true);
        target.Clear(aligned: true);

        s_nfc.Normalize(source, target);

        Assert.Equal((0, 1), (target.StartOf(0), target.EndOf(1)));
        Assert.Equal((2, 3), (target.StartOf(2), target.EndOf(2)));
    }

    private static string Run(UnicodeForm form, string text)
    {
        AlignedText source = new();
        AlignedText target = new();
        source.Load(text, aligned: false);
        target.Clear(aligned: false);
        form.Normalize(source, target);
        return System.Text.Encoding.UTF8.GetString(target.Bytes);
    }
}
