"""Pillow's side of scripts/bench.sh: prints NAME RATE lines for the JPEG files of a folder, per second of processor time."""

import glob
import io
import sys
import time

from PIL import Image


def decode(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def decode_resize_crop(data):
    image = decode(data)
    width, height = image.size
    short = min(width, height)
    size = (256 * width // short, 256 * height // short)
    image = image.resize(size, Image.BICUBIC)
    left, top = (size[0] - 224) // 2, (size[1] - 224) // 2
    return image.crop((left, top, left + 224, top + 224))


def rate(files, work, at_least):
    start, done, spent = time.process_time(), 0, 0.0
    while spent < at_least:
        for data in files:
            work(data)
        done += len(files)
        spent = time.process_time() - start
    return done / spent


paths = sorted(glob.glob(sys.argv[1] + "/*.jpg"))
contents = [open(path, "rb").read() for path in paths]
for name, work in (("decode", decode), ("decode-resize-crop", decode_resize_crop)):
    rate(contents, work, 0.5)
    print(f"pillow-{name} {rate(contents, work, 3.0):.1f}")
