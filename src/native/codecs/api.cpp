// The C border: the type is taken from the content, no exception and no longjmp crosses, a failure's message
// is kept per thread. Nothing allocated here outlives a call.

#include <new>

#include "codecs.h"

#define AB_EXPORT extern "C" __attribute__((visibility("default")))

namespace codecs {

namespace {

constexpr uint64_t pixel_limit = 178956970;  // Pillow 13: 2 * int(1024 * 1024 * 1024 // 4 // 3)

thread_local std::string last_error;
thread_local std::string last_warning;

struct Reader {
    bool (*accepts)(Bytes);
    Info (*probe)(Bytes);
    void (*decode)(Bytes, const Info&, Gray16, uint8_t*);
};

template <void (*decode)(Bytes, const Info&, uint8_t*)>
void without_gray16(Bytes file, const Info& info, Gray16, uint8_t* pixels) {
    decode(file, info, pixels);
}

const Reader readers[] = {
    {is_jpeg, probe_jpeg, without_gray16<decode_jpeg>},
    {is_png, probe_png, decode_png},
    {is_webp, probe_webp, without_gray16<decode_webp>},
    {is_gif, probe_gif, without_gray16<decode_gif>},
    {is_bmp, probe_bmp, without_gray16<decode_bmp>},
};

const Reader& reader_of(Bytes file) {
    if (file.size == 0) { throw ImageError("the file is empty"); }
    for (const Reader& reader : readers) {
        if (reader.accepts(file)) { return reader; }
    }
    throw ImageError("not a JPEG, PNG, WebP, GIF or BMP file");
}

template <typename Body>
int32_t guarded(Body&& body) noexcept {
    try {
        last_warning.clear();
        body();
        return 0;
    } catch (const std::bad_alloc&) {
        last_error = "not enough memory for the picture";
    } catch (const std::exception& e) {
        last_error = e.what();
    } catch (...) {
        last_error = "unknown error in the image codec";
    }
    return 1;
}

std::string size_text(uint64_t width, uint64_t height) {
    return std::to_string(width) + " x " + std::to_string(height) + " pixels";
}

}  // namespace

void warn(const char* message) {
    if (last_warning.empty()) { last_warning = message; }
}

void check_size(uint64_t width, uint64_t height) {
    if (width == 0 || height == 0) {
        throw ImageError("the picture is empty: " + size_text(width, height));
    }
    if (width > pixel_limit || height > pixel_limit / width) {
        throw ImageError("the picture is too large: " + size_text(width, height) + ", the limit is "
            + std::to_string(pixel_limit) + " in all");
    }
}

Info make_info(Format format, uint64_t width, uint64_t height, int channels, int orientation) {
    check_size(width, height);
    return {format, static_cast<int32_t>(width), static_cast<int32_t>(height), channels, orientation, 0};
}

}  // namespace codecs

using namespace codecs;

// The message of the last failure on this thread; valid until the next call on it. Owned by the library.
AB_EXPORT const char* ab_image_last_error() { return last_error.c_str(); }

// The first complaint of the last successful decode on this thread, empty when there was none. Owned by the
// library.
AB_EXPORT const char* ab_image_last_warning() { return last_warning.c_str(); }

// Reads the header alone. The caller keeps ownership of data.
AB_EXPORT int32_t ab_image_probe(const uint8_t* data, size_t size, Info* info) {
    return guarded([&] {
        Bytes file{data, size};
        *info = reader_of(file).probe(file);
    });
}

// Decodes into pixels (the caller's, width * height * channels bytes as ab_image_probe says), HWC, rows from
// the top.
AB_EXPORT int32_t ab_image_decode(
    const uint8_t* data, size_t size, int32_t gray16, uint8_t* pixels, size_t capacity) {
    return guarded([&] {
        Bytes file{data, size};
        const Reader& reader = reader_of(file);
        Info info = reader.probe(file);
        if (capacity != info.stride() * info.height) {
            throw ImageError("the pixel buffer has " + std::to_string(capacity) + " bytes instead of "
                + std::to_string(info.stride() * info.height));
        }
        reader.decode(file, info, static_cast<Gray16>(gray16), pixels);
    });
}
