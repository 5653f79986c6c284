#!/usr/bin/env bash
# Builds the conformance images for three NXP memory maps, runs them under QEMU, counts instructions, and prints a page of figures.
# usage: firmware/target/measure.sh EXPORTED [MAP…]   (a folder written by: aibms export --target c99 --cell … --pack … --model … --out EXPORTED)
# AIBMS_COUNT=Os counts the build for size instead of -O2.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exported=$(cd "${1:?usage: measure.sh EXPORTED}" && pwd)
shift
count=${AIBMS_COUNT:-O2}
case $count in O2 | Os) ;; *) echo "measure: AIBMS_COUNT is O2 or Os, not '$count'" >&2; exit 2 ;; esac
[ $# -gt 0 ] || set -- s32k344 s32k144 imxrt1062
for tool in arm-none-eabi-gcc qemu-system-arm; do
    command -v $tool >/dev/null || { echo "measure: no $tool (Debian: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm)" >&2; exit 3; }
done
for table in limits pack net; do
    [ -f "$exported/aibms_${table}_exported.c" ] || { echo "measure: $exported has no aibms_${table}_exported.c: export with --pack and --model, as every part is counted" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
common="-mthumb -mfloat-abi=hard -std=c99 -ffp-contract=off -fno-math-errno -ffunction-sections -fdata-sections -I$here/../include -I$exported"
cpu_of() { if [ "$1" = s32k144 ]; then echo "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -fno-if-conversion -fno-if-conversion2"; else echo "-mcpu=cortex-m7 -mfpu=fpv5-sp-d16 -DAIBMS_FPV5"; fi; }
machine_of() { if [ "$1" = s32k144 ]; then echo mps2-an386; else echo mps2-an500; fi; }
text_of() { arm-none-eabi-size "$@" | awk 'NR > 1 { s += $1 } END { print s }'; }

echo "| part | map | instructions a step$([ "$count" = O2 ] || echo " at -$count") | flash B at -O2 | flash B at -Os | deepest stack B |"
echo "|---|---|---|---|---|---|"
for part in "$@"; do
    cpu=$(cpu_of $part)
    built=$work/$(echo "$cpu" | cut -c7-15) # parts with the same processor share their objects
    for level in O2 Os; do
        [ ! -d "$built-$level" ] || continue
        mkdir -p "$built-$level"
        for source in "$here"/../src/*.c "$exported"/aibms_*_exported.c; do
            arm-none-eabi-gcc $cpu $common -$level -fstack-usage -fcallgraph-info=su -c "$source" -o "$built-$level/$(basename "$source" .c).o"
        done
    done
    for half in "" -DAIBMS_COUNT_PACK; do
        arm-none-eabi-gcc $cpu $common -$count $half -nostartfiles --specs=rdimon.specs -L"$here" -T "$here/$part.ld" -Wl,--gc-sections -Wl,-Map="$work/$part.map" \
            "$here/startup.c" "$here/count.c" "$built-$count"/*.o -o "$work/$part.elf"
        timeout 300 qemu-system-arm -M "$(machine_of $part)" -nographic -monitor none -serial none -semihosting-config enable=on,target=native,arg=count -icount shift=0 \
            -kernel "$work/$part.elf" >> "$work/$part.txt" || { echo "measure: $part did not run" >&2; exit 1; }
    done
    # Deepest stack below a function: its own frame and the deepest of what it calls (no recursion, no calls through pointers).
    cat "$built-$count"/*.ci | awk '
        /^node:/ { match($0, /title: "[^"]*"/); name = substr($0, RSTART + 8, RLENGTH - 9); sub(/^.*:/, "", name); own = 0; if (match($0, /[0-9]+ bytes/)) own = substr($0, RSTART, RLENGTH - 6) + 0; if (own > frame[name]) frame[name] = own }
        /^edge:/ { match($0, /sourcename: "[^"]*"/); from = substr($0, RSTART + 13, RLENGTH - 14); sub(/^.*:/, "", from); match($0, /targetname: "[^"]*"/); to = substr($0, RSTART + 13, RLENGTH - 14); sub(/^.*:/, "", to); calls[from] = calls[from] " " to }
        function deep(f, list, n, i, most, one) { if (f in known) return known[f]; n = split(calls[f], list, " "); most = 0; for (i = 1; i <= n; i++) { one = deep(list[i]); if (one > most) most = one } return known[f] = frame[f] + most }
        END { print "aibms_soc_step", deep("aibms_soc_step"); print "aibms_safety_observe", deep("aibms_safety_observe"); print "aibms_net_step", deep("aibms_net_step"); print "aibms_net_soc_step", deep("aibms_net_soc_step"); print "aibms_pack_step", deep("aibms_pack_step"); print "aibms_imbalance_set", deep("aibms_imbalance_set"); print "aibms_power_set", deep("aibms_power_set"); print "aibms_balance_step", deep("aibms_balance_step"); print "aibms_charge_step", deep("aibms_charge_step"); print "aibms_health_step", deep("aibms_health_step"); print "aibms_thermal_step", deep("aibms_thermal_step") }' > "$work/$part.stack"
    got() { awk -v name="$1" '$1 == name { print $2 }' "$work/$part.txt"; }
    deepest() { awk -v name="$1" '$1 == name { print $2 }' "$work/$part.stack"; }
    small() { arm-none-eabi-gcc $cpu $common -Os -fno-inline -c "$here/../src/filter.c" -o "$work/small.o" && text_of "$work/small.o"; }
    row() { echo "| $1 | $part | $2 | $(text_of $(printf "$built-O2/%s.o " $3)) | $(text_of $(printf "$built-Os/%s.o " $3)) | $4 |"; }
    row "filter: predict and correct" "$(got soc_predict) + $(got soc_correct)" "filter" "–"
    echo "| filter built for size (-Os -fno-inline) | $part | – | – | $(small) | – |"
    row "circuit look-up" "$(got soc_circuit)" "now math" "–"
    row "whole estimator of a cell" "$(got soc_step), $(got soc_search) while the start is searched" "filter now math search soc" "$(deepest aibms_soc_step)"
    row "filters of $(got safety_cells) cells" "$(got pack_step), $(awk -v a="$(got pack_step)" -v b="$(got soc_step)" -v n="$(got safety_cells)" 'BEGIN { printf "%.0f", (a - b) / n }') a cell beside the mean cell's" "pack ocv" "$(deepest aibms_pack_step)"
    row "imbalance and losses" "$(got imbalance_step)" "imbalance" "$(deepest aibms_imbalance_set)"
    row "power limit of one direction and time" "$(got power_step)" "power" "$(deepest aibms_power_set)"
    row "balancing" "$(got balance_step)" "balance" "$(deepest aibms_balance_step)"
    row "charge selection" "$(got charge_step)" "charge" "$(deepest aibms_charge_step)"
    row "trackers of capacity and resistance" "$(got health_step), $(got health_teach) to count with them, $(got health_rest) when a rest is read" "health" "$(deepest aibms_health_step)"
    row "temperatures of a cell, forecast" "$(got thermal_step), $(got thermal_forecast) a forecast" "thermal" "$(deepest aibms_thermal_step)"
    row "protection of $(got safety_cells) cells" "$(got safety_step)" "$(cd "$here/../src" && ls safety*.c faults.c | sed 's/\.c$//' | tr '\n' ' ')" "$(deepest aibms_safety_observe)"
    row "network of $(got net_products) products" "$(got net_step), $(awk -v a="$(got net_step)" -v b="$(got net_products)" 'BEGIN { printf "%.1f", a / b }') a product" "net" "$(deepest aibms_net_step)"
    row "features of a network; readings to its answer" "$(got features_step); $(got net_soc_step)" "features net_soc" "$(deepest aibms_net_soc_step)"
    row "range checks, replacement blocks" "–" "block cell choose crc pack_rules charge_rules thermal_rules" "–"
    row "tables of a cell, limits, weights" "–" "$(cd "$exported" && ls aibms_*_exported.c | sed 's/\.c$//' | tr '\n' ' ')" "–"
    [ "$(got safety_state)" = 2 ] || { echo "measure: the protection did not close on $part" >&2; exit 1; }
done
