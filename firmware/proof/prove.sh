#!/bin/sh
# usage: proof/prove.sh soc|pack|charge|track|safety none|non-finite, or net none|non-finite EXPORTED, in the folder firmware. EXPORTED is what
# `aibms export --model` wrote. Runs Frama-C's Eva in an endless loop; the last lines are its summary. "none": any readings whatever, NaN and
# infinities included; "non-finite": any finite readings, and nothing may become infinite or NaN.
set -eu
harness=$1
mode=$2
exported=${3:-}
cells=4
[ "$harness" != pack ] || cells=2
flags="-Iinclude -Iproof -DAIBMS_CELLS=${cells}U -DAIBMS_PROBES=3U" # what Eva does for some cells it does for all, as it joins them
[ "$mode" = none ] || flags="$flags -DAIBMS_FINITE"
options=""
sources=$(ls src/*.c)
case $harness in # beliefs, and cells, one by one, so that what one left is not taken for what another finds
    soc) options="-eva-auto-loop-unroll 9" ;;
    pack) options="-eva-auto-loop-unroll 9 -eva-min-loop-unroll 2" ;;
    *) ;;
esac
if [ -n "$exported" ]; then
    flags="$flags -I$exported"
    options="-eva-auto-loop-unroll 128" # every product of the network one by one
    sources="src/net.c src/net_soc.c src/features.c src/math.c $exported/aibms_net_exported.c"
fi
# shellcheck disable=SC2086
exec frama-c -eva -eva-precision 1 $options -warn-special-float "$mode" -machdep gcc_x86_64 -cpp-extra-args="$flags" \
    -eva-msg-key=-initial-state,-final-states -eva-no-show-progress "proof/$harness.c" $sources "$(frama-c -print-share-path)/libc/__fc_builtin.c"
