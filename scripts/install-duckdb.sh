#!/usr/bin/env bash
# Puts DuckDB's library into artifacts/native/, out of the npm package that carries DuckDB's own build of it.
# Does nothing if it is there already. Usage: scripts/install-duckdb.sh
set -euo pipefail

package="@duckdb/node-bindings-linux-x64@1.5.6-r.1"
package_sha256=1b9f82478539bb9a1d1df44bd103121a12ae52142c07158dc52b97d2ec1d69ff
library_sha256=3f4962cdd266eab2b479a5b5a4a6d063d279b2954ae814ed00385d553b747633

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
library="$root/artifacts/native/libduckdb.so"

fail() {
    echo "install-duckdb: $*" >&2
    exit 1
}

has_digest() {
    [[ -f "$1" ]] && echo "$2  $1" | sha256sum --check --status
}

if has_digest "$library" "$library_sha256"; then
    exit 0
fi

[[ "$(uname -sm)" == "Linux x86_64" ]] || fail "the library is for Linux x86_64, this is $(uname -sm)"
command -v npm > /dev/null || fail "npm is needed to fetch $package (Debian: apt-get install npm)"

mkdir -p "$root/artifacts/native"
work="$(mktemp -d "$root/artifacts/native/.duckdb.XXXXXX")"    # on the same file system, so that mv is atomic
trap 'rm -rf "$work"' EXIT

cd "$work"
if ! archive="$(npm pack --loglevel=error "$package" 2> npm.log)"; then
    tail -n 5 npm.log >&2
    fail "npm pack $package failed; is the npm registry reachable (npm config get registry)?"
fi

archive="${archive##*$'\n'}"
has_digest "$archive" "$package_sha256" || fail "$package is not the package expected (sha256 of $archive differs)"
tar -xzf "$archive" package/libduckdb.so || fail "$package holds no libduckdb.so"
has_digest package/libduckdb.so "$library_sha256" || fail "libduckdb.so in $package is not the one expected"
chmod 755 package/libduckdb.so
touch package/libduckdb.so    # packed with a date of 1985, which builds would take for an old file
mv -f package/libduckdb.so "$library"
echo "install-duckdb: $library"
