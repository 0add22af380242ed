#!/usr/bin/env bash
# Makes a folder that runs on a Debian 12 machine (amd64 or arm64, as this one) with neither the SDK nor any package of
# scripts/setup.sh: the program with .NET's runtime, and every library that it loads. The first argument is the folder,
# artifacts/alignbench without one; DIR/alignbench runs it.
#
#   scripts/publish.sh [DIR]

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

folder="${1:-$root/artifacts/alignbench}"
[[ ! -e "$folder" || -e "$folder/app/alignbench.dll" || -z "$(ls -A -- "$folder")" ]] \
    || fail "$folder: there is something else; name another folder, or remove it"
"$root/scripts/setup.sh"
rm -rf -- "$folder"
mkdir -p -- "$folder/lib"

say "building the program"
quietly dotnet publish "$root/src/AlignBench.Cli" -c Release --use-current-runtime --self-contained true \
    -p:PublishReadyToRun=true -o "$folder/app" -v quiet

# The C library and what belongs to it must be the machine's own.
say "copying the libraries"
system='^(ld-linux|libc\.so|libm\.so|libdl\.so|libpthread\.so|librt\.so|libresolv\.so|libutil\.so|libmvec\.so|linux-vdso)'
openssl="$(ldconfig -p | awk '/lib(ssl|crypto)\.so\.3 /{print $NF}')"      # .NET opens them itself, for https
# shellcheck disable=SC2086
for library in "$folder"/app/*.so $openssl; do
    ldd "$library" 2>/dev/null | awk '$3 ~ /^\// {print $3}'
done | cat - <(printf '%s\n' $openssl) | sort -u | while read -r library; do
    [[ "$(basename -- "$library")" =~ $system || -e "$folder/app/$(basename -- "$library")" ]] \
        || cp -L -- "$library" "$folder/lib/"
done

cat > "$folder/alignbench" <<'LAUNCHER'
#!/bin/sh
# Runs the program with the libraries beside it.
here="$(dirname -- "$(readlink -f -- "$0")")"
LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/app/alignbench" "$@"
LAUNCHER
chmod +x "$folder/alignbench"
"$folder/alignbench" --version >/dev/null || fail "$folder/alignbench does not start"
say "$folder: $(du -sh -- "$folder" | cut -f1); $folder/alignbench runs it, on this machine and on others with Debian 12"
