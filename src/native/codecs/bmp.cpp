// BMP by Pillow's BmpImagePlugin: headers of 12 to 124 bytes, 1 to 32 bits, RLE4, RLE8, the bit field layouts
// in use. 32-bit pixels have alpha only where a bit field says so.
#include <memory>

#include "codecs.h"

namespace codecs {

namespace {

enum Compression : uint32_t { Raw = 0, Rle8 = 1, Rle4 = 2, BitFields = 3 };

// Which byte of a 24- or 32-bit pixel is red, green, blue, alpha (-1: none).
struct Layout {
    int channel[4];
};
constexpr Layout bgr{{2, 1, 0, -1}};

struct Header {
    uint32_t width = 0;
    uint32_t height = 0;
    bool top_down = false;
    int bits = 0;
    uint32_t compression = Raw;
    size_t pixels_at = 0;
    bool green6 = false;  // 16 bits: 5-6-5, else 5-5-5
    Layout layout = bgr;
    Palette palette;

    size_t stride() const { return (static_cast<size_t>(width) * bits + 31) / 32 * 4; }
    int channels() const { return layout.channel[3] >= 0 ? 4 : 3; }
};

struct BitFieldLayout {
    uint32_t red, green, blue, alpha;
    Layout layout;
};
const BitFieldLayout layouts32[] = {
    {0xff0000, 0xff00, 0xff, 0, {{2, 1, 0, -1}}},
    {0xff000000, 0xff0000, 0xff00, 0, {{3, 2, 1, -1}}},
    {0xff000000, 0xff00, 0xff, 0, {{3, 1, 0, -1}}},
    {0xff000000, 0xff0000, 0xff00, 0xff, {{3, 2, 1, 0}}},
    {0xff, 0xff00, 0xff0000, 0xff000000, {{0, 1, 2, 3}}},
    {0xff0000, 0xff00, 0xff, 0xff000000, {{2, 1, 0, 3}}},
    {0xff000000, 0xff00, 0xff, 0xff0000, {{3, 1, 0, 2}}},
    {0, 0, 0, 0, {{2, 1, 0, 3}}},
};

void need(bool holds, const char* message) {
    if (!holds) { throw ImageError(message); }
}

void read_bit_fields(Header& header, Bytes file, size_t masks_at, bool with_alpha) {
    uint32_t red = file.u32le(masks_at);
    uint32_t green = file.u32le(masks_at + 4);
    uint32_t blue = file.u32le(masks_at + 8);
    uint32_t alpha = with_alpha ? file.u32le(masks_at + 12) : 0;
    if (header.bits == 32) {
        for (const BitFieldLayout& known : layouts32) {
            if (known.red == red && known.green == green && known.blue == blue && known.alpha == alpha) {
                header.layout = known.layout;
                return;
            }
        }
    }
    if (header.bits == 24 && red == 0xff0000 && green == 0xff00 && blue == 0xff) { return; }
    if (header.bits == 16 && red == 0x7c00 && green == 0x3e0 && blue == 0x1f) { return; }
    if (header.bits == 16 && red == 0xf800 && green == 0x7e0 && blue == 0x1f) {
        header.green6 = true;
        return;
    }
    throw ImageError("unsupported BMP: unknown bit fields");
}

Header read_header(Bytes file) {
    need(file.size >= 18, "truncated BMP: the file ends in its header");
    Header header;
    header.pixels_at = file.u32le(10);
    size_t size = file.u32le(14);
    bool core = size == 12;
    need(core || size == 40 || size == 52 || size == 56 || size == 64 || size == 108 || size == 124,
        "unsupported BMP: unknown header");
    need(file.has(14, size), "truncated BMP: the file ends in its header");
    uint32_t colors = 0;
    if (core) {
        header.width = file.u16le(18);
        header.height = file.u16le(20);
        header.bits = file.u16le(24);
    } else {
        header.width = file.u32le(18);
        header.top_down = file.data[25] == 0xff;
        header.height = header.top_down ? 0u - file.u32le(22) : file.u32le(22);
        header.bits = file.u16le(28);
        header.compression = file.u32le(30);
        colors = file.u32le(46);
    }
    int bits = header.bits;
    bool known_depth = bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
    need(known_depth, "unsupported BMP: pixel depth");
    need(header.compression <= BitFields, "unsupported BMP: compression");
    bool run_length = header.compression == Rle8 || header.compression == Rle4;
    need(!run_length || bits <= 8, "unsupported BMP: run lengths of true colours");
    if (colors == 0 && bits <= 8) { colors = 1u << bits; }

    size_t at = 14 + size;
    if (header.compression == BitFields) {
        bool inside = size >= 52;
        need(inside || file.has(at, 12), "truncated BMP: the file ends in its header");
        read_bit_fields(header, file, 54, size >= 56);
        if (!inside) { at += 12; }
    }
    if (bits <= 8) {
        need(colors <= 65536, "broken BMP: the palette is too large");
        size_t entry = core ? 3 : 4;
        for (size_t i = 0; i < colors && i < 256 && file.has(at + i * entry, 3); i++) {
            const uint8_t* color = file.data + at + i * entry;
            uint8_t rgb[] = {color[2], color[1], color[0]};
            std::memcpy(header.palette.rgba[i], rgb, 3);
        }
        // An offset that points at the palette is taken as one that forgets it.
        if (header.pixels_at == 14 + size) { header.pixels_at += entry * colors; }
        at += entry * colors;
    }
    if (header.pixels_at == 0) { header.pixels_at = at; }
    return header;
}

// Palette indexes of a run-length coded picture in file order; what is skipped inside is index 0, but the
// runs must reach the last pixel (Pillow refuses a picture whose end is left out).
std::unique_ptr<uint8_t[]> expand_runs(Bytes file, const Header& header) {
    size_t width = header.width;
    size_t total = width * header.height;
    std::unique_ptr<uint8_t[]> indexes(new uint8_t[total]());
    bool nibbles = header.compression == Rle4;
    size_t out = 0;  // next pixel
    size_t x = 0;    // column that the coder believes in: runs are cut at the end of a row
    size_t at = header.pixels_at;
    while (out < total && file.has(at, 2)) {
        size_t count = file.data[at];
        uint8_t value = file.data[at + 1];
        at += 2;
        if (count > 0) {
            if (x + count > width) { count = x < width ? width - x : 0; }
            for (size_t i = 0; i < count && out < total; i++) {
                indexes[out++] = !nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15;
            }
            x += count;
        } else if (value == 0) {
            out = (out + width - 1) / width * width;
            x = 0;
        } else if (value == 1) {
            break;
        } else if (value == 2) {
            if (!file.has(at, 2)) { break; }
            out += file.data[at] + file.data[at + 1] * width;
            x = out % width;
            at += 2;
        } else {
            count = total - out < value ? total - out : value;
            size_t bytes = nibbles ? (count + 1) / 2 : count;
            if (!file.has(at, bytes)) { break; }
            for (size_t i = 0; i < count; i++) {
                uint8_t byte = file.data[at + (nibbles ? i / 2 : i)];
                indexes[out++] = !nibbles ? byte : i % 2 == 0 ? byte >> 4 : byte & 15;
            }
            x += value;
            at += bytes;
            at += at % 2;  // runs of literals end at an even place of the file
        }
    }
    need(out >= total, "truncated BMP: the runs end early");
    return indexes;
}

void convert_row(const Header& header, const uint8_t* row, uint8_t* out) {
    size_t width = header.width;
    int bits = header.bits;
    if (bits <= 8) {
        for (size_t x = 0; x < width; x++, out += 3) {
            size_t bit = x * bits;
            int index = (row[bit / 8] >> (8 - bits - bit % 8)) & ((1 << bits) - 1);
            std::memcpy(out, header.palette.rgba[index], 3);
        }
    } else if (bits == 16) {
        for (size_t x = 0; x < width; x++, row += 2, out += 3) {
            int pixel = row[0] | row[1] << 8;
            int blue = pixel & 31;
            int green = header.green6 ? pixel >> 5 & 63 : pixel >> 5 & 31;
            int red = header.green6 ? pixel >> 11 & 31 : pixel >> 10 & 31;
            out[0] = static_cast<uint8_t>(red * 255 / 31);
            out[1] = static_cast<uint8_t>(green * 255 / (header.green6 ? 63 : 31));
            out[2] = static_cast<uint8_t>(blue * 255 / 31);
        }
    } else {
        int channels = header.channels();
        for (size_t x = 0; x < width; x++, row += bits / 8, out += channels) {
            for (int c = 0; c < channels; c++) { out[c] = row[header.layout.channel[c]]; }
        }
    }
}

}  // namespace

bool is_bmp(Bytes file) { return file.starts_with("BM", 2); }

Info probe_bmp(Bytes file) {
    Header header = read_header(file);
    return make_info(Format::Bmp, header.width, header.height, header.channels());
}

void decode_bmp(Bytes file, const Info& info, uint8_t* pixels) {
    Header header = read_header(file);
    size_t width = header.width;
    size_t height = header.height;
    auto row = [&](size_t y) { return pixels + (header.top_down ? y : height - 1 - y) * info.stride(); };
    if (header.compression == Rle8 || header.compression == Rle4) {
        std::unique_ptr<uint8_t[]> indexes = expand_runs(file, header);
        for (size_t y = 0; y < height; y++) {
            header.palette.write(indexes.get() + y * width, width, 3, row(y));
        }
        return;
    }
    size_t stride = header.stride();
    size_t used = (width * header.bits + 7) / 8;  // the last row may lack its padding
    need(file.has(header.pixels_at, stride * (height - 1) + used), "truncated BMP: the data end early");
    for (size_t y = 0; y < height; y++) {
        convert_row(header, file.data + header.pixels_at + y * stride, row(y));
    }
}

}  // namespace codecs
