// WebP through libwebp. Animations give their first frame, on its canvas, by WebPAnimDecoder, as Pillow reads
// all files.
#include <memory>

#include <webp/decode.h>
#include <webp/demux.h>

#include "codecs.h"

namespace codecs {

namespace {

WebPBitstreamFeatures features_of(Bytes file) {
    WebPBitstreamFeatures features;
    VP8StatusCode status = WebPGetFeatures(file.data, file.size, &features);
    if (status != VP8_STATUS_OK) {
        throw ImageError(status == VP8_STATUS_NOT_ENOUGH_DATA
            ? "truncated WebP: the file ends in its header"
            : "broken WebP: the header is wrong");
    }
    return features;
}

using Demuxer = std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)>;

// Strict: every chunk must be there, as WebPAnimDecoder asks.
Demuxer demux(Bytes file) {
    WebPData data{file.data, file.size};
    Demuxer demuxer(WebPDemux(&data), &WebPDemuxDelete);
    if (!demuxer) { throw ImageError("truncated or broken WebP"); }
    return demuxer;
}

Bytes chunk_of(const WebPDemuxer* demuxer, const char* name, WebPChunkIterator* iterator) {
    if (!WebPDemuxGetChunk(demuxer, name, 1, iterator)) { return {nullptr, 0}; }
    return {iterator->chunk.bytes, iterator->chunk.size};
}

void decode_first_frame(Bytes file, const Info& info, uint8_t* pixels) {
    WebPData data{file.data, file.size};
    WebPAnimDecoderOptions options;
    if (!WebPAnimDecoderOptionsInit(&options)) { throw ImageError("libwebp is older than its headers"); }
    std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
        WebPAnimDecoderNew(&data, &options), &WebPAnimDecoderDelete);
    uint8_t* canvas = nullptr;
    int timestamp = 0;
    if (!decoder || !WebPAnimDecoderGetNext(decoder.get(), &canvas, &timestamp)) {
        throw ImageError("broken WebP: the first frame can't be decoded");
    }
    for (size_t i = 0; i < info.pixels(); i++, canvas += 4, pixels += info.channels) {
        std::memcpy(pixels, canvas, info.channels);
    }
}

}  // namespace

bool is_webp(Bytes file) {
    return file.size >= 12 && file.starts_with("RIFF", 4) && file.slice(8, 4).starts_with("WEBP", 4);
}

Info probe_webp(Bytes file) {
    WebPBitstreamFeatures features = features_of(file);
    Demuxer demuxer = demux(file);
    WebPChunkIterator exif{};
    WebPChunkIterator xmp{};
    int orientation = resolve_orientation(
        exif_orientation(chunk_of(demuxer.get(), "EXIF", &exif)),
        xmp_orientation(chunk_of(demuxer.get(), "XMP ", &xmp)));
    WebPDemuxReleaseChunkIterator(&exif);
    WebPDemuxReleaseChunkIterator(&xmp);
    return make_info(Format::WebP, features.width, features.height, features.has_alpha ? 4 : 3, orientation);
}

void decode_webp(Bytes file, const Info& info, uint8_t* pixels) {
    if (features_of(file).has_animation) {
        decode_first_frame(file, info, pixels);
        return;
    }
    int stride = static_cast<int>(info.stride());
    size_t size = info.stride() * info.height;
    const uint8_t* decoded = info.channels == 4
        ? WebPDecodeRGBAInto(file.data, file.size, pixels, size, stride)
        : WebPDecodeRGBInto(file.data, file.size, pixels, size, stride);
    if (decoded == nullptr) { throw ImageError("truncated or broken WebP: the data can't be decoded"); }
}

}  // namespace codecs
