// Orientation as Pillow's Image.getexif finds it: tag 0x0112 of the first IFD, else XMP's tiff:Orientation.
#include "codecs.h"

namespace codecs {

int exif_orientation(Bytes exif) {
    while (exif.starts_with("Exif\0\0", 6)) { exif = exif.slice(6, exif.size - 6); }
    if (exif.size < 8) { return 0; }

    bool little = exif.starts_with("II", 2);
    if (!little && !exif.starts_with("MM", 2)) { return 0; }
    // Pillow also reads headers whose 42 is swapped; 43 would be BigTIFF, which no camera writes.
    if (exif.u16be(2) != 0x2a00 && exif.u16be(2) != 0x002a) { return 0; }

    auto u16 = [&](size_t i) { return little ? exif.u16le(i) : exif.u16be(i); };
    auto u32 = [&](size_t i) { return little ? exif.u32le(i) : exif.u32be(i); };
    size_t at = u32(4);
    if (!exif.has(at, 2)) { return 0; }
    size_t entries = u16(at);
    at += 2;
    int found = 0;
    for (size_t i = 0; i < entries && exif.has(at, 12); i++, at += 12) {
        if (u16(at) != 0x0112 || u32(at + 4) != 1) { continue; }
        switch (u16(at + 2)) {  // the value's type; a later entry of the same tag wins, as in Pillow's dict
            case 1: found = exif.data[at + 8]; break;
            case 3: found = u16(at + 8); break;
            case 4: found = u32(at + 8) <= 8 ? static_cast<int>(u32(at + 8)) : 9; break;
        }
    }
    return found;
}

int xmp_orientation(Bytes xmp) {
    const std::string text(reinterpret_cast<const char*>(xmp.data), xmp.size);
    const std::string name = "tiff:Orientation";
    for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        size_t next = at + name.size();
        if (text.compare(next, 2, "=\"") == 0) { next += 2; }
        else if (text.compare(next, 1, ">") == 0) { next += 1; }
        else { continue; }
        if (next < text.size() && text[next] >= '0' && text[next] <= '9') { return text[next] - '0'; }
    }
    return 0;
}

int resolve_orientation(int exif, int xmp) {
    int found = exif != 0 ? exif : xmp;
    return found >= 1 && found <= 8 ? found : 1;
}

}  // namespace codecs
