#!/usr/bin/env bash
# Links an exported folder (a cell, a pack, a network, as they are there) and the runtime for the memory maps of NXP parts and says what of each is used, with 4 kB kept for
# the stack; a map that it does not fit is named. Ends with 1 where one is too small.
# usage: firmware/target/fits.sh EXPORTED CELLS PROBES [MAP…]   (EXPORTED: written by aibms export --target c99; AIBMS_KEEP: a folder that keeps the compiled runtime)
set -euo pipefail
[ $# -ge 3 ] || { sed -n 2,4p "$0" >&2; exit 2; }
command -v arm-none-eabi-gcc > /dev/null || { echo "fits: no arm-none-eabi-gcc (Debian: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi)" >&2; exit 3; }
here=$(cd "$(dirname "$0")" && pwd)
exported=$(cd "$1" && pwd)
cells=$2 probes=$3
shift 3
[ $# -gt 0 ] || set -- s32k344 s32k144 s32k144_60k imxrt1062
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
used="$here/fits.c $exported/aibms_cell_exported.c"
if [ -f "$exported/example_pack.c" ]; then
    used="-DAIBMS_HAS_PACK $used $exported/example_pack.c $exported/aibms_limits_exported.c $exported/aibms_pack_exported.c"
else
    used="$used $exported/example.c"
fi
[ ! -f "$exported/example_net.c" ] || used="-DAIBMS_HAS_NET $used $exported/example_net.c $exported/aibms_net_exported.c"
for map in "$@"; do
    cpu="-mcpu=cortex-m7 -mfpu=fpv5-sp-d16 -DAIBMS_FPV5"
    case $map in s32k144*) cpu="-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -fno-if-conversion -fno-if-conversion2" ;; esac
    flags="$cpu -mthumb -mfloat-abi=hard -std=c99 -O2 -ffp-contract=off -fno-math-errno -ffunction-sections -fdata-sections -DAIBMS_CELLS=${cells}U -DAIBMS_PROBES=${probes}U -I$here/../include -I$exported"
    built=${AIBMS_KEEP:-$work}/$(echo "$flags" | sed "s|$exported||" | cksum | cut -d' ' -f1)
    if [ ! -d "$built" ]; then
        mkdir -p "$built.new"
        # shellcheck disable=SC2086
        (cd "$built.new" && arm-none-eabi-gcc $flags -c "$here"/../src/*.c)
        mv "$built.new" "$built"
    fi
    # shellcheck disable=SC2086
    if arm-none-eabi-gcc $flags -nostartfiles --specs=nano.specs --specs=nosys.specs -L"$here" -T "$here/$map.ld" -Wl,--gc-sections -Wl,--defsym,image_heap_bytes=0 \
        -Wl,-Map="$work/$map.map" $used "$built"/*.o -o "$work/$map.elf" 2> "$work/$map.log"; then
        arm-none-eabi-size "$work/$map.elf" | awk -v map="$map" 'NR == 2 { printf "%s: %d bytes of flash, %d bytes of RAM without the stack\n", map, $1 + $2, $2 + $3 }'
    else
        echo "$map: does not fit: $(grep -oE "overflowed by [0-9]+ bytes|no room for the stack" "$work/$map.log" | tr "\n" " ")"
        grep -qE "overflowed|no room" "$work/$map.log" || cat "$work/$map.log" >&2
        status=1
    fi
done
exit $status
