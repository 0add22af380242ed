#!/usr/bin/env bash
# Puts Vega, Vega-Lite and Vega-Embed, which draw the report's plots, into artifacts/vega/, out of their npm packages.
# Does nothing if they are there already. Usage: scripts/install-vega.sh
set -euo pipefail

# package, digest of the package, file in it, digest of the file
files=(
    "vega@6.4.0 3521fb6ff68a94a40323954f0ba4484ba4014b157bfd37f89a3b063082320c42 vega.min.js 8f6a3587cf8d4f42c7e08120e3eb05d067e746d554e39d2dcf52acc0bd5ba28f"
    "vega-lite@6.5.0 811230a6bfd2cdbfc359d0c38f624a90df86657b7f251b67be88bcc4eee32b7f vega-lite.min.js 83e215e84e308ee8688fa6503ba0f1cf8a3c05c0d61df2841a0b92bf86809e00"
    "vega-embed@7.3.0 d9a958ced3240f0418df7d5e12e97dba6e63cecda15b8403e47a0db7eb6ea859 vega-embed.min.js b1455caba2fb1a72fb46025ba0ba1316e2dbc7f0dd40a3f6040172bf9c08ba91"
)

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
target="$root/artifacts/vega"

fail() {
    echo "install-vega: $*" >&2
    exit 1
}

has_digest() {
    [[ -f "$1" ]] && echo "$2  $1" | sha256sum --check --status
}

all_there() {
    local package digest file file_digest entry
    for entry in "${files[@]}"; do
        read -r package digest file file_digest <<< "$entry"
        has_digest "$target/$file" "$file_digest" && [[ -f "$target/${file%.min.js}.LICENSE.txt" ]] || return 1
    done
}

if all_there; then
    exit 0
fi

command -v npm > /dev/null || fail "npm is needed to fetch Vega (Debian: apt-get install npm)"
mkdir -p "$target"
work="$(mktemp -d "$target/.vega.XXXXXX")"    # on the same file system, so that mv is atomic
trap 'rm -rf "$work"' EXIT
cd "$work"

for entry in "${files[@]}"; do
    read -r package digest file file_digest <<< "$entry"
    if ! archive="$(npm pack --loglevel=error "$package" 2> npm.log)"; then
        tail -n 5 npm.log >&2
        fail "npm pack $package failed; is the npm registry reachable (npm config get registry)?"
    fi

    archive="${archive##*$'\n'}"
    has_digest "$archive" "$digest" || fail "$package is not the package expected (sha256 of $archive differs)"
    tar -xzf "$archive" "package/build/$file" package/LICENSE || fail "$package holds no build/$file"
    has_digest "package/build/$file" "$file_digest" || fail "$file in $package is not the one expected"
    touch "package/build/$file" package/LICENSE    # packed with a date of 1985, which builds would take for old files
    mv -f package/LICENSE "$target/${file%.min.js}.LICENSE.txt"
    mv -f "package/build/$file" "$target/$file"
done

echo "install-vega: $target"
