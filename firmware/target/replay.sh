#!/usr/bin/env bash
# Runs readings through the filter of an exported cell on this machine and as images for three NXP maps under QEMU, and compares the lines they print.
# usage: firmware/target/replay.sh EXPORTED READINGS.csv   (rows: time s, current A, voltage V, temperature degC; lines that begin with no number are left out)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exported=$(cd "${1:?usage: replay.sh EXPORTED READINGS.csv}" && pwd)
readings=${2:?usage: replay.sh EXPORTED READINGS.csv}
[ -r "$readings" ] || { echo "replay: '$readings' cannot be read: give a file of readings" >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Four little-endian floats a row: step, current, voltage, temperature.
perl -F, -lane 'next unless $F[0] =~ /^[-0-9.]/; $_ = /[0-9]/ ? $_ : "nan" for @F[1..3]; print pack("f<4", defined $at ? $F[0] - $at : 1, @F[1..3]); $at = $F[0]; BEGIN { $\ = ""; binmode STDOUT }' "$readings" > "$work/rows.bin"
[ -s "$work/rows.bin" ] || { echo "replay: '$readings' has no row that begins with a number: rows are time s, current A, voltage V, temperature degC" >&2; exit 3; }
flags="-std=c99 -O2 -ffp-contract=off -fno-math-errno -I$here/../include -I$exported"
sources="$here/../conformance/replay.c $exported/aibms_cell_exported.c $here/../src/cell.c $here/../src/filter.c $here/../src/math.c $here/../src/now.c $here/../src/ocv.c $here/../src/search.c $here/../src/soc.c"
# shellcheck disable=SC2086
gcc $flags $sources -lm -o "$work/replay"
expected=$("$work/replay" "$work/rows.bin")
echo "this machine: $expected"
command -v arm-none-eabi-gcc > /dev/null && command -v qemu-system-arm > /dev/null || { echo "replay: no arm-none-eabi-gcc or qemu-system-arm: images were not run" >&2; exit 3; }
cd "$work"
for map in s32k344 s32k144 imxrt1062; do
    cpu="-mcpu=cortex-m7 -mfpu=fpv5-sp-d16 -DAIBMS_FPV5" machine=mps2-an500
    [ "$map" != s32k144 ] || cpu="-mcpu=cortex-m4 -mfpu=fpv4-sp-d16" machine=mps2-an386
    # shellcheck disable=SC2086
    arm-none-eabi-gcc $cpu -mthumb -mfloat-abi=hard $flags -ffunction-sections -fdata-sections -nostartfiles --specs=rdimon.specs -L"$here" -T "$here/$map.ld" -Wl,--gc-sections "$here/startup.c" $sources -o $map.elf
    told=$(timeout 1500 qemu-system-arm -M $machine -nographic -monitor none -serial none -semihosting-config enable=on,target=native,arg=image,arg=rows.bin -kernel $map.elf)
    [ "$told" = "$expected" ] || { echo "$map: $told, which is another" >&2; exit 1; }
    echo "$map: the same"
done
