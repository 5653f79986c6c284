#!/usr/bin/env bash
# Links an exported pack, its examples and the whole runtime for three NXP memory maps and says what of each is used; a map that it does not fit is named.
# usage: firmware/target/fits.sh EXPORTED CELLS PROBES [MAP…]   (EXPORTED: written by aibms export --target c99 --pack …). Ends with 1 where a map is too small.
set -euo pipefail
[ $# -ge 3 ] || { sed -n 2,3p "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
exported=$(cd "$1" && pwd)
cells=$2 probes=$3
shift 3
[ $# -gt 0 ] || set -- s32k344 s32k144 imxrt1062
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
net=""
[ ! -f "$exported/example_net.c" ] || net="-DAIBMS_HAS_NET $exported/example_net.c"
for map in "$@"; do
    cpu="-mcpu=cortex-m7 -mfpu=fpv5-sp-d16 -DAIBMS_FPV5"
    [ "$map" != s32k144 ] || cpu="-mcpu=cortex-m4 -mfpu=fpv4-sp-d16"
    # shellcheck disable=SC2086
    if arm-none-eabi-gcc $cpu -mthumb -mfloat-abi=hard -std=c99 -O2 -ffp-contract=off -fno-math-errno -ffunction-sections -fdata-sections "-DAIBMS_CELLS=${cells}U" "-DAIBMS_PROBES=${probes}U" \
        -I"$here/../include" -I"$exported" -nostartfiles --specs=rdimon.specs -L"$here" -T "$here/$map.ld" -Wl,--gc-sections -Wl,-Map="$work/$map.map" \
        "$here/startup.c" "$here/fits.c" "$here"/../src/*.c "$exported"/aibms_*_exported.c "$exported/example_pack.c" $net -o "$work/$map.elf" 2> "$work/$map.log"; then
        arm-none-eabi-size "$work/$map.elf" | awk -v map="$map" 'NR == 2 { printf "%s: %d bytes of flash, %d bytes of RAM without the stack\n", map, $1 + $2, $2 + $3 }'
    else
        echo "$map: does not fit: $(grep -oE "overflowed by [0-9]+ bytes|no room for stack.*" "$work/$map.log" | tr "\n" " ")"
        grep -qE "overflowed|no room" "$work/$map.log" || cat "$work/$map.log" >&2
        status=1
    fi
done
exit $status
