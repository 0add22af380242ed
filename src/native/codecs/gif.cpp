// The first frame of a GIF through giflib, placed as Pillow's GifImagePlugin does: the canvas grows to hold
// the frame, what the frame leaves free is the transparent index, or index 0.
#include <memory>

#include <gif_lib.h>

#include "codecs.h"

namespace codecs {

namespace {

struct Stream {
    Bytes file;
    size_t at;
};

int read(GifFileType* gif, GifByteType* target, int count) {
    Stream* stream = static_cast<Stream*>(gif->UserData);
    size_t available = stream->file.size - stream->at;
    size_t step = static_cast<size_t>(count) < available ? static_cast<size_t>(count) : available;
    std::memcpy(target, stream->file.data + stream->at, step);
    stream->at += step;
    return static_cast<int>(step);
}

struct Closer {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

// Opened at the data of its first frame.
class FirstFrame {
public:
    explicit FirstFrame(Bytes file) : stream_{file, 0} {
        int error = 0;
        gif_.reset(DGifOpen(&stream_, read, &error));
        if (!gif_) { throw ImageError(std::string("broken GIF: ") + message(error)); }
        GifRecordType type = UNDEFINED_RECORD_TYPE;
        while (type != IMAGE_DESC_RECORD_TYPE) {
            check(DGifGetRecordType(gif_.get(), &type));
            if (type == EXTENSION_RECORD_TYPE) { read_extension(); }
            if (type == TERMINATE_RECORD_TYPE) { throw ImageError("broken GIF: it has no picture"); }
        }
        check(DGifGetImageDesc(gif_.get()));
    }

    const GifImageDesc& frame() const { return gif_->Image; }
    uint64_t width() const { return larger(gif_->SWidth, frame().Left + frame().Width); }
    uint64_t height() const { return larger(gif_->SHeight, frame().Top + frame().Height); }
    int transparent() const { return transparent_; }  // index, -1 for none

    Palette palette() const {
        const ColorMapObject* map = frame().ColorMap != nullptr ? frame().ColorMap : gif_->SColorMap;
        Palette palette;
        bool gray = true;  // no palette, or one that maps each index to itself: then all 256 indexes are grey
        for (int i = 0; map != nullptr && i < map->ColorCount && i < 256; i++) {
            const GifColorType& color = map->Colors[i];
            gray = gray && color.Red == i && color.Green == i && color.Blue == i;
            palette.rgba[i][0] = color.Red;
            palette.rgba[i][1] = color.Green;
            palette.rgba[i][2] = color.Blue;
        }
        for (int i = 0; gray && i < 256; i++) { std::memset(palette.rgba[i], i, 3); }
        if (transparent_ >= 0) { palette.rgba[transparent_][3] = 0; }
        return palette;
    }

    void read_line(uint8_t* indexes) { check(DGifGetLine(gif_.get(), indexes, frame().Width)); }

private:
    static uint64_t larger(int a, int b) { return static_cast<uint64_t>(a > b ? a : b); }

    static std::string message(int error) {
        const char* text = GifErrorString(error);
        return text == nullptr ? "unknown error" : text;
    }

    void check(int status) {
        if (status == GIF_ERROR) { throw ImageError("truncated or broken GIF: " + message(gif_->Error)); }
    }

    void read_extension() {
        int code = 0;
        GifByteType* block = nullptr;
        check(DGifGetExtension(gif_.get(), &code, &block));
        if (code == GRAPHICS_EXT_FUNC_CODE && block != nullptr && block[0] >= 4 && (block[1] & 1) != 0) {
            transparent_ = block[4];
        }
        while (block != nullptr) { check(DGifGetExtensionNext(gif_.get(), &block)); }
    }

    Stream stream_;
    std::unique_ptr<GifFileType, Closer> gif_;
    int transparent_ = -1;
};

}  // namespace

bool is_gif(Bytes file) { return file.starts_with("GIF87a", 6) || file.starts_with("GIF89a", 6); }

Info probe_gif(Bytes file) {
    FirstFrame gif(file);
    return make_info(Format::Gif, gif.width(), gif.height(), gif.transparent() >= 0 ? 4 : 3);
}

void decode_gif(Bytes file, const Info& info, uint8_t* pixels) {
    FirstFrame gif(file);
    const GifImageDesc& frame = gif.frame();
    if (frame.Width == 0 || frame.Height == 0) { throw ImageError("broken GIF: its first frame is empty"); }
    Palette palette = gif.palette();
    if (frame.Width != info.width || frame.Height != info.height) {
        const uint8_t* background = palette.rgba[gif.transparent() < 0 ? 0 : gif.transparent()];
        for (size_t i = 0; i < info.pixels(); i++) {
            std::memcpy(pixels + i * info.channels, background, info.channels);
        }
    }

    static const int starts[] = {0, 4, 2, 1};
    static const int steps[] = {8, 8, 4, 2};
    std::unique_ptr<uint8_t[]> line(new uint8_t[frame.Width]);
    for (int pass = 0; pass < (frame.Interlace ? 4 : 1); pass++) {
        int step = frame.Interlace ? steps[pass] : 1;
        for (int y = frame.Interlace ? starts[pass] : 0; y < frame.Height; y += step) {
            gif.read_line(line.get());
            uint8_t* out = pixels + (frame.Top + y) * info.stride() + frame.Left * info.channels;
            palette.write(line.get(), frame.Width, info.channels, out);
        }
    }
}

}  // namespace codecs
