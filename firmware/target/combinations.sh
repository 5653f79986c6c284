#!/usr/bin/env bash
# What fits where: exports every shipped cell, pack and network of the state of charge, links each for the memory maps of NXP parts, and prints a table of flash and RAM.
# usage: firmware/target/combinations.sh   (in the repository's folder)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AIBMS_KEEP=$work/keep
mkdir -p "$AIBMS_KEEP"
row() { # name, options of export
    local name=$1 room
    shift
    rm -rf "$work/out"
    ./aibms export --target c99 "$@" --out "$work/out" > /dev/null 2> "$work/said" || { echo "| $name | not written: $(tail -1 "$work/said" | sed 's/^aibms: //') | | | |"; return 1; }
    [ ! -f "$work/out/aibms_net_exported.c" ] || [ -f "$work/out/example_net.c" ] || { echo "| $name | its inputs are the caller's to compute | | | |"; return 1; }
    room=$(sed -n 's/.*AIBMS_CELLS=\([0-9]*\)U AIBMS_PROBES=\([0-9]*\)U.*/\1 \2/p' "$work/out/CMakeLists.txt")
    # shellcheck disable=SC2086
    { firmware/target/fits.sh "$work/out" ${room:-1 1} || true; } | awk -v name="$name" '
        { cell = /does not fit/ ? "no" : $2 " / " $6; row = row " | " cell } END { print "| " name row " |" }'
}
echo "| exported | S32K344: flash / RAM, bytes | S32K144, upper 28 kB | S32K144, 60 kB | i.MX RT1062 |"
echo "|---|---|---|---|---|"
for cell in cells/*.json; do
    id=$(sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' "$cell" | head -1)
    row "cell $id" --cell "$id" || true
done
networks=()
for model in models/soc_*.json; do
    name=$(basename "$model" .json) cell=lg_hg2
    case $name in *_panasonic) cell=panasonic_18650pf ;; esac
    ! row "cell $cell, network ${name#soc_}" --cell "$cell" --model "$model" || networks+=("$model")
done
for pack in packs/*.json; do
    name=$(basename "$pack" .json)
    row "pack $name" --pack "$name" || true
    for model in "${networks[@]}"; do row "pack $name, network $(basename "${model#*soc_}" .json)" --pack "$name" --model "$model"; done
done
