#!/usr/bin/env bash
# Shows how much memory models take: for each, a checkpoint of made-up weights under a published model's names in a
# temporary folder, a few toy items through it, whole and block by block. Prints a table in MiB.
#
#   scripts/check-model-memory.sh PATH [NAME:DTYPE ...]    PATH holds goldens/ with the published models' names;
#                                                          NAME is one of their key lists, DTYPE is F32 or BF16

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

[[ $# -ge 1 && -d "$1/goldens" ]] || fail "expected a folder with goldens/ (usage: scripts/check-model-memory.sh PATH [NAME:DTYPE ...])"
shared="$(realpath -- "$1")"
shift
[[ $# -gt 0 ]] || set -- distilbert__distilbert-base-uncased:F32 openai-community__gpt2:F32 google_vit-base-patch16-224:F32 \
    facebook_dinov2-base:F32 facebook_dinov2-large:F32 bigscience__bloom-560m:F32 bigscience__bloom-560m:BF16 \
    bigscience__bloom-1b1:F32 bigscience__bloom-1b1:BF16 facebook_dinov2-giant:F32

quietly "$root/scripts/setup.sh"
quietly "$root/scripts/build.sh"
echo "| model | stored as | weights in float32 | whole | block by block |"
echo "|---|---|---|---|---|"
for model in "$@"; do
    python3 "$root/scripts/model_memory.py" "$root" "$shared" "${model%:*}" "${model#*:}"
done
