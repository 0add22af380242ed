#!/usr/bin/env bash
# Measures tokenizers and image processing on one core beside their peers, in rates per second of processor time, and
# training steps of adapters, also per second of the clock, and prints a table: the best of several rounds, in which ours
# and the peer's take turns. Then encoders, on the CPU's kernels and on libtorch's operators, beside the processor's peak.
# docs/benchmarks.md has results.
#
#   scripts/bench.sh [PATH]    PATH holds data/ and tokenizers/ (real ones); without it the repository's own small files
#
# Installs the peers where they are missing and that can be done: Debian's python3-pil and python3-torch for images and
# training and, from npm, the Rust library tokenizers in its Node package (into artifacts/bench).

# shellcheck source=scripts/bench-common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/bench-common.sh"

cd -- "$root"
[[ $# -le 1 ]] || fail "expected one argument or none (usage: scripts/bench.sh [PATH])"
rounds=3
if [[ $# -eq 1 ]]; then
    [[ -d "$1/data" && -d "$1/tokenizers" ]] || fail "$1: expected data/ and tokenizers/ in it"
    captions="$1/data/flickr8k"
    images="$1/data/coco/val2017"
    tokenizers=("$1"/tokenizers/*/)
else
    captions="$root/data/toy/data/flickr30k"
    images="$(mktemp -d)"
    trap 'rm -rf -- "$images"' EXIT
    cp -- tests/goldens/images/sources/photo_640x427_q40.jpg "$images"
    tokenizers=(data/toy/models/{bloom-toy-s,openllama-toy-s,distilbert-toy,clip-toy})
fi

quietly "$root/scripts/setup.sh"
{ has_module PIL && has_module torch; } || install_peers python3-pil python3-torch
if has_module PIL; then
    peer="Pillow $("$python" -c 'import PIL; print(PIL.__version__)')"
else
    peer="no peer for images: python3-pil is not installed"
fi
if has_module torch; then
    peer="$peer, PyTorch $("$python" -c 'import torch; print(torch.__version__)')"
else
    peer="$peer, no peer for training: python3-torch is not installed"
fi

bench="$root/artifacts/bench"
package="@anush008/tokenizers"
if [[ ! -d "$bench/node_modules/$package" ]] && command -v npm >/dev/null; then
    mkdir -p -- "$bench"
    quietly npm install --prefix "$bench" --no-audit --no-fund "$package@0.6.0" || true
fi
if [[ -d "$bench/node_modules/$package" ]] && command -v node >/dev/null; then
    peer+="; $package 0.6.0 (tokenizers 0.22.2)"
else
    package=""
    peer+="; no peer for tokenizers: its Node package is not there"
fi
build_benchmarks
printf '%s; %s\n' "$(machine)" "$peer"
if [[ -n "$package" ]]; then "$benchmarks" texts "$captions" "$bench/texts.json" "$bench/new-words.json"; fi
for ((round = 0; round < rounds; round++)); do
    "$benchmarks" images "$images"
    if has_module PIL; then "$python" scripts/bench-pillow.py "$images"; fi
    "$benchmarks" tokenizers "$captions" "${tokenizers[@]%/}"
    "$benchmarks" adapters
    if has_module torch; then "$python" scripts/bench-torch.py; fi
    if [[ -n "$package" ]]; then
        node scripts/bench-tokenizers.cjs "$bench" "$bench/texts.json" "$bench/new-words.json" "${tokenizers[@]%/}"
    fi
done | awk '
    BEGIN { peers["pillow"] = "Pillow"; peers["torch"] = "PyTorch" }
    !($1 in best) { names[++count] = $1 }
    $2 + 0 >= best[$1] + 0 { best[$1] = $2 }
    END {
        for (i = 1; i <= count; i++) {
            ratio = ""
            for (name in peers) {
                peer = name "-" names[i]
                if (peer in best) { ratio = sprintf("  %.2f times %s", best[names[i]] / best[peer], peers[name]) }
            }
            # The Rust library makes offsets too, whatever is asked of it.
            rust = "rust-" names[i]
            sub(/-offsets$/, "", rust)
            if (rust in best) { ratio = sprintf("  %.2f times Rust tokenizers", best[names[i]] / best[rust]) }
            printf "%-38s %12.1f /s%s\n", names[i], best[names[i]], ratio
        }
    }'
"$benchmarks" encoders
