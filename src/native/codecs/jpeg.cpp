// JPEG through libjpeg-turbo with its default options (islow DCT, fancy upsampling), as Pillow's
// JpegImagePlugin and JpegDecode.c use it: 8-bit grey, three-component and four-component files; four
// components are taken as Adobe's inverted CMYK; the source suspends at the end of the data, so that a file
// that ends early is refused.
#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

#include "codecs.h"

namespace codecs {

namespace {

constexpr int scan_limit = 500;  // a progressive file has about 10; thousands of empty ones only burn time

struct Errors {
    jpeg_error_mgr manager;  // first, so that libjpeg's pointer to it is a pointer to Errors
    std::jmp_buf jump;
    char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void on_error(j_common_ptr info) {
    Errors* errors = reinterpret_cast<Errors*>(info->err);
    info->err->format_message(info, errors->message);
    std::longjmp(errors->jump, 1);
}

void on_message(j_common_ptr info, int level) {
    if (level < 0) {
        if (info->err->num_warnings++ == 0) {
            char message[JMSG_LENGTH_MAX];
            info->err->format_message(info, message);
            warn(message);
        }
    }
}

void on_progress(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > scan_limit) {
        Errors* errors = reinterpret_cast<Errors*>(info->err);
        std::snprintf(errors->message, sizeof(errors->message), "more than %d scans", scan_limit);
        std::longjmp(errors->jump, 1);
    }
}

void skip(j_decompress_ptr info, long count) {
    size_t step = count > 0 ? static_cast<size_t>(count) : 0;
    if (step > info->src->bytes_in_buffer) { step = info->src->bytes_in_buffer; }
    info->src->next_input_byte += step;
    info->src->bytes_in_buffer -= step;
}

// Owns a libjpeg decompressor over a file in memory. libjpeg's errors arrive by longjmp: every call to it is
// made inside protect, whose body must hold nothing that needs a destructor.
class Decompressor {
public:
    explicit Decompressor(Bytes file) {
        info.err = jpeg_std_error(&errors_.manager);
        errors_.manager.error_exit = on_error;
        errors_.manager.emit_message = on_message;
        protect([&] { jpeg_create_decompress(&info); });
        source_.init_source = [](j_decompress_ptr) {};
        source_.fill_input_buffer = [](j_decompress_ptr) -> boolean { return FALSE; };
        source_.skip_input_data = skip;
        source_.resync_to_restart = jpeg_resync_to_restart;
        source_.term_source = [](j_decompress_ptr) {};
        source_.next_input_byte = file.data;
        source_.bytes_in_buffer = file.size;
        info.src = &source_;
        progress_.progress_monitor = on_progress;
        info.progress = &progress_;
    }
    ~Decompressor() { jpeg_destroy_decompress(&info); }
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;

    template <typename Body>
    void protect(Body&& body) {
        if (setjmp(errors_.jump) != 0) { throw ImageError(std::string("broken JPEG: ") + errors_.message); }
        body();
    }

    void read_header() {
        int status = JPEG_HEADER_TABLES_ONLY;
        protect([&] {
            do {
                status = jpeg_read_header(&info, FALSE);
            } while (status == JPEG_HEADER_TABLES_ONLY);
        });
        if (status == JPEG_SUSPENDED) { throw ImageError("truncated JPEG: the file ends in its header"); }
    }

    jpeg_decompress_struct info{};

private:
    Errors errors_{};
    jpeg_source_mgr source_{};
    jpeg_progress_mgr progress_{};
};

// Pillow's cmyk2rgb on what the file stores, i.e. 255 - C, 255 - M, 255 - Y, 255 - K.
void cmyk_to_rgb(const uint8_t* stored, size_t count, uint8_t* rgb) {
    for (size_t i = 0; i < count; i++, stored += 4, rgb += 3) {
        int black = stored[3];  // 255 - K
        for (int c = 0; c < 3; c++) {
            int t = (255 - stored[c]) * black + 128;
            int value = black - ((t >> 8) + t) / 256;
            rgb[c] = static_cast<uint8_t>(value < 0 ? 0 : value);
        }
    }
}

void gray_to_rgb(const uint8_t* gray, size_t count, uint8_t* rgb) {
    for (size_t i = 0; i < count; i++, rgb += 3) { rgb[0] = rgb[1] = rgb[2] = gray[i]; }
}

// Walks the segments before the frame header, as Pillow does: Exif blocks are joined, the last XMP packet
// counts.
int orientation_of(Bytes file) {
    std::string exif;
    Bytes xmp{nullptr, 0};
    const char xmp_name[] = "http://ns.adobe.com/xap/1.0/";
    size_t at = 2;
    while (file.has(at, 4)) {
        if (file.data[at] != 0xff || file.data[at + 1] == 0xff || file.data[at + 1] == 0) { at++; continue; }
        int marker = file.data[at + 1];
        if (marker == 0xda || marker == 0xd9) { break; }
        if (marker >= 0xd0 && marker <= 0xd8) { at += 2; continue; }
        size_t length = file.u16be(at + 2);
        if (length < 2 || !file.has(at + 2, length)) { break; }
        Bytes body = file.slice(at + 4, length - 2);
        if (marker == 0xe1 && body.starts_with("Exif\0\0", 6)) {
            size_t head = exif.empty() ? 0 : 6;
            exif.append(reinterpret_cast<const char*>(body.data) + head, body.size - head);
        } else if (marker == 0xe1 && body.starts_with(xmp_name, sizeof(xmp_name))) {
            xmp = body.slice(sizeof(xmp_name), body.size - sizeof(xmp_name));
        }
        at += 2 + length;
    }
    Bytes block{reinterpret_cast<const uint8_t*>(exif.data()), exif.size()};
    return resolve_orientation(exif_orientation(block), xmp_orientation(xmp));
}

}  // namespace

bool is_jpeg(Bytes file) { return file.starts_with("\xff\xd8\xff", 3); }

Info probe_jpeg(Bytes file) {
    Decompressor jpeg(file);
    jpeg.read_header();
    if (jpeg.info.data_precision != 8) { throw ImageError("unsupported JPEG: not 8 bits per sample"); }
    if (jpeg.info.num_components != 1 && jpeg.info.num_components != 3 && jpeg.info.num_components != 4) {
        throw ImageError("unsupported JPEG: " + std::to_string(jpeg.info.num_components) + " components");
    }
    return make_info(Format::Jpeg, jpeg.info.image_width, jpeg.info.image_height, 3, orientation_of(file));
}

void decode_jpeg(Bytes file, const Info& info, uint8_t* pixels) {
    Decompressor jpeg(file);
    jpeg.read_header();
    int components = jpeg.info.num_components;
    jpeg.info.out_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;

    size_t width = info.width;
    std::vector<uint8_t> line(components == 3 ? 0 : width * components);
    uint8_t* buffer = line.data();
    bool started = false;
    JDIMENSION rows = 0;
    jpeg.protect([&] {
        started = jpeg_start_decompress(&jpeg.info) != FALSE;
        while (started && jpeg.info.output_scanline < jpeg.info.output_height) {
            uint8_t* target = pixels + jpeg.info.output_scanline * info.stride();
            JSAMPROW row = components == 3 ? target : buffer;
            if (jpeg_read_scanlines(&jpeg.info, &row, 1) != 1) { break; }
            if (components == 1) { gray_to_rgb(buffer, width, target); }
            if (components == 4) { cmyk_to_rgb(buffer, width, target); }
        }
        rows = started ? jpeg.info.output_scanline : 0;
        // A missing end marker does not matter any more, but broken segments behind the data do, as in
        // Pillow.
        if (started && rows == jpeg.info.output_height) { jpeg_finish_decompress(&jpeg.info); }
    });
    if (rows < static_cast<JDIMENSION>(info.height)) {
        throw ImageError("truncated JPEG: the data end early, after " + std::to_string(rows) + " of "
            + std::to_string(info.height) + " rows");
    }
}

}  // namespace codecs
