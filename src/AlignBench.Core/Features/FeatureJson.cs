using System.Text.Json.Serialization;

namespace AlignBench.Features;

/// <summary>The JSON of this folder, with serializers made at build time.</summary>
[JsonSerializable(typeof(FileDigest[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(SkippedImage[]))]
internal sealed partial class FeatureJson : JsonSerializerContext;
