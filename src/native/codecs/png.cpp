// PNG: libpng inflates, unfilters and deinterlaces; what the samples become follows Pillow's PngImagePlugin
// and Convert.c: grey of 2 and 4 bits scaled, 16-bit RGB and alpha by their high byte, gAMA and iCCP ignored.
#include <csetjmp>
#include <cstdio>
#include <memory>

#include <png.h>

#include "png_chunks.h"

namespace codecs {

namespace {

struct Stream {
    Bytes file;
    size_t at;
    std::jmp_buf jump;
    char message[200];
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
    Stream* stream = static_cast<Stream*>(png_get_error_ptr(png));
    std::snprintf(stream->message, sizeof(stream->message), "%s", message);
    std::longjmp(stream->jump, 1);
}

void on_warning(png_structp, png_const_charp message) { warn(message); }

void read(png_structp png, png_bytep target, size_t count) {
    Stream* stream = static_cast<Stream*>(png_get_io_ptr(png));
    if (!stream->file.has(stream->at, count)) { png_error(png, "the file ends early"); }
    std::memcpy(target, stream->file.data + stream->at, count);
    stream->at += count;
}

// Owns a libpng reader. As in jpeg.cpp, libpng's errors arrive by longjmp inside protect.
class PngReader {
public:
    explicit PngReader(Bytes file) {
        stream_.file = file;
        stream_.at = 0;
        png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &stream_, on_error, on_warning);
        if (png == nullptr) { throw ImageError("libpng could not be started"); }
        info = png_create_info_struct(png);
        png_set_read_fn(png, &stream_, read);
    }
    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;

    template <typename Body>
    void protect(Body&& body) {
        if (setjmp(stream_.jump) != 0) { throw ImageError(std::string("broken PNG: ") + stream_.message); }
        body();
    }

    png_structp png = nullptr;
    png_infop info = nullptr;

private:
    Stream stream_{};
};

// Turns one row of samples, a byte or two each, into RGB or RGBA.
class RowConverter {
public:
    RowConverter(const PngChunks& chunks, Gray16 gray16) : chunks_(chunks), gray16_(gray16) {
        for (size_t i = 0; i < 256 && 3 * i + 3 <= chunks.palette.size; i++) {
            std::memcpy(palette_.rgba[i], chunks.palette.data + 3 * i, 3);
        }
        if (chunks.color_type == 3) {
            for (size_t i = 0; i < 256 && i < chunks.transparency.size; i++) {
                palette_.rgba[i][3] = chunks.transparency.data[i];
            }
        }
    }

    void convert(const uint8_t* row, uint8_t* out) const {
        size_t width = chunks_.width;
        int step = chunks_.bit_depth == 16 ? 2 : 1;
        switch (chunks_.color_type) {
            case 0: convert_gray(row, out); break;
            case 2:
                for (size_t x = 0; x < width; x++, row += 3 * step, out += chunks_.channels()) {
                    out[0] = row[0];
                    out[1] = row[step];
                    out[2] = row[2 * step];
                    if (chunks_.has_transparency) {
                        const uint8_t* key = chunks_.transparency.data;  // low bytes, as Pillow compares
                        out[3] = out[0] == key[1] && out[1] == key[3] && out[2] == key[5] ? 0 : 255;
                    }
                }
                break;
            case 3: palette_.write(row, width, chunks_.channels(), out); break;
            case 4:
                for (size_t x = 0; x < width; x++, row += 2 * step, out += 4) {
                    out[0] = out[1] = out[2] = row[0];
                    out[3] = row[step];
                }
                break;
            default:
                for (size_t x = 0; x < width; x++, row += 4 * step, out += 4) {
                    for (int c = 0; c < 4; c++) { out[c] = row[c * step]; }
                }
        }
    }

private:
    // Pillow compares the grey that a pixel became with the low byte of tRNS, for 1 bit with 0 or 255.
    void convert_gray(const uint8_t* row, uint8_t* out) const {
        int depth = chunks_.bit_depth;
        int scale = depth == 1 ? 255 : depth == 2 ? 85 : depth == 4 ? 17 : 1;
        int key = chunks_.has_transparency ? chunks_.transparency.u16be(0) : -1;
        int low_key = key < 0 ? -1 : depth == 1 ? (key != 0 ? 255 : 0) : key & 0xff;
        for (size_t x = 0; x < chunks_.width; x++, out += chunks_.channels()) {
            bool transparent;
            if (depth == 16) {
                int sample = row[2 * x] << 8 | row[2 * x + 1];
                bool scaled = gray16_ == Gray16::Scale;
                out[0] = static_cast<uint8_t>(scaled ? sample >> 8 : sample > 255 ? 255 : sample);
                transparent = scaled ? sample == key : out[0] == low_key;
            } else {
                out[0] = static_cast<uint8_t>(row[x] * scale);
                transparent = out[0] == low_key;
            }
            out[1] = out[2] = out[0];
            if (chunks_.has_transparency) { out[3] = transparent ? 0 : 255; }
        }
    }

    const PngChunks& chunks_;
    Gray16 gray16_;
    Palette palette_;
};

}  // namespace

bool is_png(Bytes file) { return file.starts_with("\x89PNG\r\n\x1a\n", 8); }

Info probe_png(Bytes file) {
    PngChunks chunks = read_png_chunks(file);
    Info info = make_info(Format::Png, chunks.width, chunks.height, chunks.channels(), chunks.orientation);
    info.gray16 = chunks.color_type == 0 && chunks.bit_depth == 16 ? 1 : 0;
    return info;
}

void decode_png(Bytes file, const Info& info, Gray16 gray16, uint8_t* pixels) {
    PngChunks chunks = read_png_chunks(file);
    RowConverter converter(chunks, gray16);
    PngReader reader(file);
    int passes = 0;
    size_t row_bytes = 0;
    reader.protect([&] {
        png_set_user_limits(reader.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // check_size has seen to it
        png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
        png_set_crc_action(reader.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
        png_read_info(reader.png, reader.info);
        png_set_packing(reader.png);
        passes = png_set_interlace_handling(reader.png);
        png_read_update_info(reader.png, reader.info);
        row_bytes = png_get_rowbytes(reader.png, reader.info);
    });

    size_t rows = info.height;
    std::unique_ptr<uint8_t[]> samples(new uint8_t[passes == 1 ? row_bytes : row_bytes * rows]);
    uint8_t* buffer = samples.get();
    reader.protect([&] {
        for (int pass = 0; pass < passes; pass++) {
            for (size_t y = 0; y < rows; y++) {
                png_read_row(reader.png, passes == 1 ? buffer : buffer + y * row_bytes, nullptr);
                if (passes == 1) { converter.convert(buffer, pixels + y * info.stride()); }
            }
        }
    });
    for (size_t y = 0; passes > 1 && y < rows; y++) {
        converter.convert(buffer + y * row_bytes, pixels + y * info.stride());
    }
}

}  // namespace codecs
