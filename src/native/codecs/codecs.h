// What the format readers share. Each reader has two functions: probe (the header alone, nothing allocated
// that grows with the picture) and decode (into a buffer of exactly width * height * channels bytes).
// Failures are thrown as ImageError and become a status at the C border in api.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>

namespace codecs {

struct ImageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Format : int32_t { Jpeg = 1, Png = 2, WebP = 3, Gif = 4, Bmp = 5 };

// What a 16-bit grey PNG becomes: Pillow's convert("RGB") clips at 255, Scale takes the high byte.
enum class Gray16 : int32_t { Clip = 0, Scale = 1 };

// Laid out as ImageInfo in ImageCodecs.cs.
struct Info {
    Format format;
    int32_t width;        // pixels, as stored: the orientation is not applied
    int32_t height;
    int32_t channels;     // 3 = RGB, 4 = RGBA (the file has transparency)
    int32_t orientation;  // EXIF (or XMP) orientation 1..8; 1 when absent or out of range
    int32_t gray16;       // 1 for a 16-bit grey picture

    size_t pixels() const { return static_cast<size_t>(width) * height; }
    size_t stride() const { return static_cast<size_t>(width) * channels; }  // bytes of a decoded row
};

// The encoded file.
struct Bytes {
    const uint8_t* data;
    size_t size;

    bool has(size_t offset, size_t count) const { return offset <= size && count <= size - offset; }
    bool starts_with(const char* text, size_t count) const {
        return size >= count && std::memcmp(data, text, count) == 0;
    }
    uint16_t u16le(size_t i) const { return static_cast<uint16_t>(data[i] | data[i + 1] << 8); }
    uint16_t u16be(size_t i) const { return static_cast<uint16_t>(data[i] << 8 | data[i + 1]); }
    uint32_t u32le(size_t i) const { return u16le(i) | static_cast<uint32_t>(u16le(i + 2)) << 16; }
    uint32_t u32be(size_t i) const { return static_cast<uint32_t>(u16be(i)) << 16 | u16be(i + 2); }
    Bytes slice(size_t offset, size_t count) const { return {data + offset, count}; }
};

// A codec's complaint about a file it decoded all the same; the first one is kept for the caller.
void warn(const char* message);

// Pillow's limit against decompression bombs (twice Image.MAX_IMAGE_PIXELS); throws when it is passed, or for
// an empty picture.
void check_size(uint64_t width, uint64_t height);

// The info of a picture whose size has passed check_size.
Info make_info(Format format, uint64_t width, uint64_t height, int channels, int orientation = 1);

// RGB or RGBA of each of a palette's 256 entries; entries that the file does not define are opaque black.
struct Palette {
    uint8_t rgba[256][4];

    Palette() {
        std::memset(rgba, 0, sizeof(rgba));
        for (auto& entry : rgba) { entry[3] = 255; }
    }
    void write(const uint8_t* indexes, size_t count, int channels, uint8_t* out) const {
        for (size_t i = 0; i < count; i++, out += channels) { std::memcpy(out, rgba[indexes[i]], channels); }
    }
};

// Orientation of an EXIF block (with or without its "Exif\0\0" head), 0 if it has none.
int exif_orientation(Bytes exif);
// Orientation of an XMP packet, 0 if it has none.
int xmp_orientation(Bytes xmp);
// The orientation that holds: EXIF before XMP; 1 where neither is in 1..8.
int resolve_orientation(int exif, int xmp);

bool is_jpeg(Bytes file);
Info probe_jpeg(Bytes file);
void decode_jpeg(Bytes file, const Info& info, uint8_t* pixels);

bool is_png(Bytes file);
Info probe_png(Bytes file);
void decode_png(Bytes file, const Info& info, Gray16 gray16, uint8_t* pixels);

bool is_webp(Bytes file);
Info probe_webp(Bytes file);
void decode_webp(Bytes file, const Info& info, uint8_t* pixels);

bool is_gif(Bytes file);
Info probe_gif(Bytes file);
void decode_gif(Bytes file, const Info& info, uint8_t* pixels);

bool is_bmp(Bytes file);
Info probe_bmp(Bytes file);
void decode_bmp(Bytes file, const Info& info, uint8_t* pixels);

}  // namespace codecs
