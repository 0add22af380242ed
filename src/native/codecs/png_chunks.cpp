#include "png_chunks.h"

#include <zlib.h>

namespace codecs {

namespace {

constexpr size_t text_limit = 1 << 20;  // Pillow's MAX_TEXT_CHUNK
const std::string raw_profile = "Raw profile type exif";
const std::string xmp_keyword = "XML:com.adobe.xmp";

std::string inflate_text(Bytes packed) {
    std::string text(text_limit, '\0');
    uLongf length = text.size();
    int status = uncompress(reinterpret_cast<Bytef*>(text.data()), &length, packed.data, packed.size);
    text.resize(status == Z_OK ? length : 0);
    return text;
}

// ImageMagick's "Raw profile type": a newline, the name, the length, then the bytes in hexadecimal.
std::string unhex_profile(const std::string& text) {
    size_t at = 0;
    for (int newline = 0; newline < 3 && at != std::string::npos; newline++) {
        at = text.find('\n', at);
        if (at != std::string::npos) { at++; }
    }
    std::string bytes;
    int high = -1;
    for (; at < text.size(); at++) {
        int c = text[at] | 0x20;
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) { continue; }
        if (high < 0) { high = digit; }
        else { bytes.push_back(static_cast<char>(high << 4 | digit)); high = -1; }
    }
    return bytes;
}

struct Metadata {
    std::string exif;     // of eXIf
    std::string profile;  // of a text chunk, counts where there is no eXIf
    std::string xmp;

    void read(const std::string& type, Bytes body);
    int orientation() const {
        const std::string& block = exif.empty() ? profile : exif;
        return resolve_orientation(
            exif_orientation({reinterpret_cast<const uint8_t*>(block.data()), block.size()}),
            xmp_orientation({reinterpret_cast<const uint8_t*>(xmp.data()), xmp.size()}));
    }
};

void Metadata::read(const std::string& type, Bytes body) {
    if (type == "eXIf") {
        exif.assign(reinterpret_cast<const char*>(body.data), body.size);
        return;
    }
    const void* end = body.size == 0 ? nullptr : std::memchr(body.data, 0, body.size);
    if (end == nullptr) { return; }
    size_t key = static_cast<const uint8_t*>(end) - body.data;
    std::string keyword(reinterpret_cast<const char*>(body.data), key);
    Bytes rest = body.slice(key + 1, body.size - key - 1);
    if (type == "tEXt" && keyword == raw_profile) {
        profile = unhex_profile(std::string(reinterpret_cast<const char*>(rest.data), rest.size));
    } else if (type == "zTXt" && keyword == raw_profile && rest.size > 1 && rest.data[0] == 0) {
        profile = unhex_profile(inflate_text(rest.slice(1, rest.size - 1)));
    } else if (type == "iTXt" && keyword == xmp_keyword && rest.size > 2) {
        bool packed = rest.data[0] != 0;
        bool deflate = rest.data[1] == 0;
        rest = rest.slice(2, rest.size - 2);
        for (int field = 0; field < 2; field++) {  // language, translated keyword
            const void* stop = rest.size == 0 ? nullptr : std::memchr(rest.data, 0, rest.size);
            if (stop == nullptr) { return; }
            size_t length = static_cast<const uint8_t*>(stop) - rest.data + 1;
            rest = rest.slice(length, rest.size - length);
        }
        if (packed && !deflate) { return; }
        xmp = packed ? inflate_text(rest) : std::string(reinterpret_cast<const char*>(rest.data), rest.size);
    }
}

// Samples a tRNS chunk must have for this colour type; palettes take any number.
size_t transparency_size(int color_type) { return color_type == 0 ? 2 : color_type == 2 ? 6 : 0; }

}  // namespace

PngChunks read_png_chunks(Bytes file) {
    PngChunks chunks;
    Metadata metadata;
    bool seen_data = false;
    size_t at = 8;
    while (file.has(at, 8)) {
        size_t length = file.u32be(at);
        std::string type(reinterpret_cast<const char*>(file.data) + at + 4, 4);
        if (type == "IEND" || !file.has(at + 8, length)) { break; }
        Bytes body = file.slice(at + 8, length);
        if (at == 8) {
            if (type != "IHDR" || length < 13) { break; }
            chunks.width = body.u32be(0);
            chunks.height = body.u32be(4);
            chunks.bit_depth = body.data[8];
            chunks.color_type = body.data[9];
        } else if (type == "IDAT") {
            seen_data = true;
        } else if (type == "PLTE" && !seen_data) {
            chunks.palette = body;
        } else if (type == "tRNS" && !seen_data && chunks.color_type <= 3) {
            if (length < transparency_size(chunks.color_type)) {
                throw ImageError("broken PNG: the tRNS chunk is too short");
            }
            chunks.transparency = body;
            chunks.has_transparency = true;
        } else {
            metadata.read(type, body);
        }
        at += 12 + length;
    }
    if (chunks.bit_depth == 0) { throw ImageError("broken PNG: no header (IHDR)"); }
    chunks.orientation = metadata.orientation();
    return chunks;
}

}  // namespace codecs
