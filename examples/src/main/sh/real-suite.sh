#!/usr/bin/env bash
# Everything that needs a real RDMA device, on the machine (or in the guest) where it runs. Goes on after a failure.
# usage: real-suite.sh OUTDIR; leaves there one log per phase, and `phases` (name, seconds, result, passed, failed, skipped)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
# shellcheck source=examples/src/main/sh/find-jdk.sh
source "$root/examples/src/main/sh/find-jdk.sh"
require_jdk
out=${1:?usage: real-suite.sh OUTDIR}
mkdir -p "$out"
phases=$out/phases
: >"$phases"
read -ra flags <<<"$JAVA_FLAGS"
all_failed=0

# Names the numbers of the runner's line "suite: provider=ibv package=… run=12 failed=0 skipped=3" (run excludes skipped).
suite_counts() {
    awk '$1 == "suite:" { for (i = 2; i <= NF; i++) { split($i, pair, "="); sum[pair[1]] += pair[2] } }
         END { print sum["run"] + 0, sum["failed"] + 0, sum["skipped"] + 0 }' "$1"
}

phase() { # phase NAME COUNTED COMMAND…
    local name=$1 counted=$2 start=$SECONDS status=0 result=ok run=0 failed=0 skipped=0
    shift 2
    echo "== $name"
    "$@" 2>&1 </dev/null | tee "$out/$name.log" || status=${PIPESTATUS[0]}
    if ((counted)); then
        read -r run failed skipped < <(suite_counts "$out/$name.log")
        if ((status == 0 && run == 0)); then status=1 result='failed (no test ran)'; fi
    fi
    if ((status == 0 && failed > 0)); then status=1; fi
    if ((status != 0)); then
        if [[ $result == ok ]]; then result="failed (status $status)"; fi
        if ((failed == 0)); then failed=1 run=$((run + 1)); fi
        all_failed=1
    fi
    printf '%s\t%d\t%s\t%d\t%d\t%d\n' "$name" $((SECONDS - start)) "$result" \
        $((run > failed ? run - failed : 0)) "$failed" "$skipped" >>"$phases"
    echo "== $name: $result, $((SECONDS - start)) s"
}

cd "$root"
target=examples/target
java=("$JAVA_HOME/bin/java" "${flags[@]}" -cp "$target/test-classes:$target/classes:$(<$target/test-classpath.txt)")
suite=("${java[@]}" dev.verbs.testkit.SuiteRunner --provider ibv)
recorder=("${java[@]}" dev.verbs.ledger.RecordingRunner) # leaves in calls-DEVICE.tsv which verbs each test called
# In the virtual machine there are two devices; elsewhere the first usable one is meant.
device=() calls=calls-other.tsv
if [[ -e /sys/class/infiniband/rxe0 ]]; then device=(--device rxe0) calls=calls-rxe.tsv; fi
phase contract 1 "${recorder[@]}" "$out/$calls" --provider ibv ${device[@]+"${device[@]}"} --floor 500 --package dev.verbs.contract
phase old-libraries 1 "${suite[@]}" --floor 8 --package dev.verbs.ledger --class MissingSymbolsTest
phase fuzz 1 examples/src/main/sh/fuzz.sh --provider ibv --sequences 1000
phase interop 1 "${suite[@]}" ${device[@]+"${device[@]}"} --floor 6 --package dev.verbs.examples.interop
if [[ -e /sys/class/infiniband/siw0 ]]; then
    phase 'contract siw' 1 "${recorder[@]}" "$out/calls-siw.tsv" --provider ibv --device siw0 --floor 150 --package dev.verbs.contract
    phase 'interop siw' 1 "${suite[@]}" --device siw0 --floor 5 --package dev.verbs.examples.interop --class RpingInteropTest
else
    printf '%s siw\t0\tnot run: there is no siw0\t0\t0\t0\n' contract interop >>"$phases"
fi
# What COVERAGE.md says was seen on these devices, this run must have seen, too.
if [[ -f $out/calls-rxe.tsv || -f $out/calls-siw.tsv ]]; then
    phase coverage 1 "${java[@]}" dev.verbs.ledger.CoverageCommand check "$out"
fi
phase demo 0 ./verbs demo --provider ibv --records 200000 --scale 0.01 --json "$out/demo.json"
exit "$all_failed"
