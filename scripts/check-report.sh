#!/usr/bin/env bash
# Opens reports in headless Chromium and checks what a reader meets: plots, sorting, saving, both themes, phone width,
# print; no message on the console, no request. The last line is "N passed, N failed". Screenshots: artifacts/screenshots.
#
# Installs Debian's chromium (as root or by sudo) and npm's playwright-core where they are missing; where they can't be
# had, it says so and exits with 3.

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

package="playwright-core@1.65.1"
package_sha256=6f5a60be62a4fddfbe7d10c448d8fbd54547da3358f2f8a04211440471ee863e
modules="$root/artifacts/browser/node_modules"
screenshots="$root/artifacts/screenshots"
readonly cannot=3

give_up() {
    say "$*" >&2
    exit "$cannot"
}

install_debian_packages() {
    local missing=()
    command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
    command -v npm >/dev/null || missing+=(npm)
    [[ ${#missing[@]} -gt 0 ]] || return 0
    local as_root=()
    if [[ $EUID -ne 0 ]]; then
        command -v sudo >/dev/null || give_up "no browser: apt-get install ${missing[*]}"
        as_root=(sudo -n)
    fi
    say "installing ${missing[*]}"
    quietly "${as_root[@]}" apt-get update || give_up "no browser: apt-get update failed"
    quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" \
        || give_up "no browser: apt-get install ${missing[*]} failed"
}

install_playwright() {
    [[ -f "$modules/playwright-core/package.json" ]] && return
    mkdir -p -- "$modules"
    local work archive
    work="$(mktemp -d "$modules/.playwright.XXXXXX")"
    archive="$(cd -- "$work" && npm pack --loglevel=error "$package" | tail -n 1)" \
        || { rm -rf -- "$work"; give_up "npm pack $package failed"; }
    echo "$package_sha256  $work/$archive" | sha256sum --check --status \
        || { rm -rf -- "$work"; fail "$package is not the package expected (its sha256 differs)"; }
    tar -xzf "$work/$archive" -C "$work"
    mv -- "$work/package" "$modules/playwright-core"
    rm -rf -- "$work"
}

passed=0
failed=0
log="$(mktemp)"
folder="$(mktemp -d)"
trap 'rm -rf -- "$log" "$folder"' EXIT

# What the browser says of one report, made of the runs that follow.
check() {
    local name="$1" widths="$2"
    shift 2
    quietly "$root/alignbench" report "$@" -o "$folder/$name/report.html" --figures
    CHROMIUM="$(command -v chromium)" NODE_PATH="$modules" node "$root/tests/browser/check-report.cjs" \
        "$folder/$name/report.html" "$screenshots/$name" "$widths" | tee -- "$log" | grep -v '^ok ' || true
    if [[ "$(tail -n 1 -- "$log")" =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
    else
        failed=$((failed + 1))
    fi
}

# The specifications that the page draws, drawn by Vega in Node.
check_figures() {
    local specs figures
    specs="$(find "$folder/$1/figures" -name '*.vl.json' | wc -l)"
    figures="$(grep -l -r --include='*.svg' '<path' "$folder/$1/figures" | wc -l)"
    if [[ $specs -gt 0 && $specs -eq $figures ]]; then
        passed=$((passed + 1))
    else
        say "FAILED  $figures of $specs figures are drawn"
        failed=$((failed + 1))
    fi
}

install_debian_packages
install_playwright
mkdir -p -- "$folder/toy" "$folder/hostile" "$folder/both" "$folder/adapters"
cp -- "$root"/tests/goldens/report/* "$folder/toy"
sed -i "s|@ROOT@|$root|" "$folder/toy/run.json"
# Without a manifest, and with a model whose name is an attack.
cp -- "$folder"/toy/{predictivity,ttests,curves}.csv "$folder/hostile"
sed -i 's|bloom-toy-s|"""><img src=x onerror=window.injected=1></script><script>window.injected=1</script>"|' "$folder/hostile/predictivity.csv"
check toy 1280:light,390:light,1280:dark "$folder/toy"
check_figures toy
check hostile 390:dark "$folder/hostile"
check_figures hostile
cp -- "$root"/tests/goldens/report-adapters/* "$folder/adapters"
check adapters 1280:light,390:dark "$folder/adapters"
check_figures adapters
check both 390:light "$folder/toy" "$folder/hostile"
check_figures both
printf '%d passed, %d failed\n' "$passed" "$failed"
[[ $failed -eq 0 ]]
