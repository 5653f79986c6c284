#!/usr/bin/env bash
# Writes the tables of an exported pack as replacement blocks, one after the other, each with its header: what a line or an update over the air sends to a controller.
# usage: firmware/target/blocks.sh EXPORTED OUT REVISION [CELLS PROBES]   (the room of the controller's build, 96 and 32 where it is not told). Runs on little-endian hosts.
set -euo pipefail
[ $# -ge 3 ] || { sed -n 2,3p "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
exported=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -std=c99 -O1 -Wall -Wextra -Werror -ffp-contract=off "-DAIBMS_CELLS=${4:-96}U" "-DAIBMS_PROBES=${5:-32}U" -I"$here/../include" -I"$exported" "$here/../conformance/blocks.c" \
    "$here"/../src/*.c "$exported"/aibms_{cell,limits,pack}_exported.c -lm -o "$work/blocks"
"$work/blocks" "$2" "$3"
"$work/blocks" "$2"
