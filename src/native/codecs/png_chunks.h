// The chunks of a PNG that decide what its samples mean. Read here and not through libpng, because Pillow
// takes them as they are where libpng repairs or drops them.
#pragma once

#include "codecs.h"

namespace codecs {

struct PngChunks {
    uint32_t width = 0;
    uint32_t height = 0;
    int bit_depth = 0;
    int color_type = 0;         // 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGBA
    Bytes palette{nullptr, 0};  // PLTE
    Bytes transparency{nullptr, 0};
    bool has_transparency = false;  // a tRNS chunk, that counts for this colour type
    int orientation = 1;

    int channels() const { return color_type >= 4 || has_transparency ? 4 : 3; }
};

PngChunks read_png_chunks(Bytes file);

}  // namespace codecs
