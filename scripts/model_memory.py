"""Work horse of scripts/check-model-memory.sh: makes a checkpoint of made-up weights with a published model's names and
shapes, encodes a few toy items with it whole and block by block, and prints a row of most resident memory."""

import array
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

CONFIGS = {
    "distilbert__distilbert-base-uncased": ("distilbert", {}),
    "openai-community__gpt2": ("gpt2", {}),
    "bigscience__bloom-560m": ("bloom", {}),
    "bigscience__bloom-1b1": ("bloom", {}),
    "bigscience__bloom-1b7": ("bloom", {}),
    "openlm-research__open_llama_3b": ("llama", {"intermediate_size": 8640}),
    "facebook_dinov2-base": ("dinov2", {"image_size": 518}),
    "facebook_dinov2-large": ("dinov2", {
        "image_size": 518, "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16}),
    "facebook_dinov2-giant": ("dinov2", {
        "image_size": 518, "hidden_size": 1536, "num_hidden_layers": 40, "num_attention_heads": 24,
        "use_swiglu_ffn": True}),
    "google_vit-base-patch16-224": ("vit", {}),
}
TOYS = {"bloom": "bloom-toy-s", "gpt2": "bloom-toy-s", "llama": "openllama-toy-s", "distilbert": "distilbert-toy",
        "dinov2": "dinov2-toy-s", "vit": "dinov2-toy-s"}
PIECE = 1 << 20     # elements


def shapes_of(shared, name):
    """Tensor name -> shape, and what the key list says of the config."""
    for kind in ("text", "vision"):
        path = f"{shared}/goldens/{kind}/keys/{name}.json"
        if os.path.exists(path):
            keys = json.load(open(path))
            break
    if kind == "vision":
        return keys, {}
    shapes = dict(keys["other"])
    for key, shape in keys["per_layer"].items():
        shapes.update({key.replace("{i}", str(i)): shape for i in range(keys["layers"])})
    return shapes, keys["config"]


def write(path, shapes, dtype):
    """A safetensors file of small numbers; returns how many."""
    random.seed(1)
    numbers = array.array("f", [random.uniform(-0.05, 0.05) for _ in range(PIECE)]).tobytes()
    if dtype == "BF16":
        numbers = b"".join(numbers[i + 2:i + 4] for i in range(0, len(numbers), 4))
    width = len(numbers) // PIECE
    header, end = {}, 0
    for name, shape in shapes.items():
        count = 1
        for size in shape:
            count *= size
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [end, end + count * width]}
        end += count * width
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for entry in header.values():
            left = entry["data_offsets"][1] - entry["data_offsets"][0]
            while left > 0:
                left -= file.write(numbers[:min(left, len(numbers))])
    return end // width


def peak(root, model, kind, features, *more):
    """Most resident megabytes of one extraction."""
    command = [f"{root}/alignbench", "extract", "--model", model, "--format", "flickr30k",
               "--data", f"{root}/data/toy/data/flickr30k", "--limit", "8" if kind == "text" else "4",
               "--features", features, *more]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        if status != 0:
            said.seek(0)
            sys.exit(f"{' '.join(command)}: {said.read().decode()}")
    return usage.ru_maxrss // 1024


def main(root, shared, name, dtype):
    model_type, settings = CONFIGS[name]
    kind = "vision" if model_type in ("dinov2", "vit") else "text"
    folder = tempfile.mkdtemp(prefix="alignbench-model-")
    try:
        shapes, config = shapes_of(shared, name)
        model = f"{folder}/{name}"
        os.mkdir(model)
        toy = f"{root}/data/toy/models/{TOYS[model_type]}"
        for file in os.listdir(toy):
            if file not in ("config.json", "model.safetensors"):
                shutil.copy(f"{toy}/{file}", model)
        with open(f"{model}/config.json", "w") as file:
            json.dump({"model_type": model_type, **config, **settings}, file)
        count = write(f"{model}/model.safetensors", shapes, dtype)
        whole = peak(root, model, kind, f"{folder}/whole")
        parts = peak(root, model, kind, f"{folder}/parts", "--block-by-block")
        print(f"| {name.split('__')[-1]} | {dtype} | {count * 4 >> 20} | {whole} | {parts} |", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
