#!/usr/bin/env bash
# Runs every test: first on the embedded software device (part of the Maven build), then on a real RDMA device, or on a
# real RDMA kernel in a virtual machine where there is none.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
sh=$root/examples/src/main/sh
# shellcheck source=examples/src/main/sh/find-jdk.sh
source "$sh/find-jdk.sh"
# shellcheck source=examples/src/main/sh/build.sh
source "$sh/build.sh"

usage() {
    cat <<'END'
usage: verbs test [--quick]

  --quick   only what needs no RDMA device: the Maven build with all its tests on the software device, the contract on its
            other profiles and on a network, jcstress on what it places, and the README's example in a project outside the tree

Otherwise also, on this machine's RDMA device or else in a virtual machine with rdma_rxe and siw (see: verbs vm --help): the
contract tests on libibverbs, on each of both, interoperation with C programs, and the demo. Logs: target/verbs-test. CI=true makes an impossible virtual
machine a failure. The last line is: N passed, M failed, K skipped
END
}

quick=''
for argument; do
    case $argument in
        --quick) quick=1 ;;
        --help | -h) usage; exit 0 ;;
        *) echo "verbs test: unknown argument $argument; see: verbs test --help" >&2; exit 2 ;;
    esac
done
require_jdk
require_maven
cd "$root"
logs=$root/target/verbs-test
rm -rf "$logs"
mkdir -p "$logs/real" "$build_state"
phases=$logs/phases # one line each: name, seconds, result, passed, failed, skipped; tab-separated
: >"$phases"
record() { (IFS=$'\t'; printf '%s\n' "$*") >>"$phases"; }

# A child in the background can be told to stop; the output still arrives here, in order, and in a log.
child=''
stop() {
    trap '' INT TERM
    if [[ -n $child ]] && kill "$child" 2>/dev/null; then wait "$child" || true; fi
    rm -f "$logs/pipe"
    echo "verbs test: interrupted" >&2
    exit 130
}
trap stop INT TERM
run() { # run LOG FILTER COMMAND…
    local log=$1 filter=$2 reader status=0
    shift 2
    mkfifo "$logs/pipe"
    tee "$log" <"$logs/pipe" | "$filter" &
    reader=$!
    "$@" >"$logs/pipe" 2>&1 </dev/null 9>&- &
    child=$!
    wait "$child" || status=$?
    child=''
    wait "$reader" || true
    rm -f "$logs/pipe"
    return "$status"
}

# ---- phase 1: the build and its tests

# Tests compile C (a peer of the interop tests, libraries that write down their arguments) and read the installed headers. Without
# them such tests are skipped with a reason; in CI that is a failure.
ensure_headers() {
    local packages=(libibverbs-dev librdmacm-dev)
    command -v gcc >/dev/null || packages+=(gcc libc6-dev)
    if [[ -f /usr/include/rdma/rdma_cma.h && ${#packages[@]} == 2 ]] || ((EUID != 0)) || ! command -v apt-get >/dev/null; then return 0; fi
    echo "installing ${packages[*]} with apt-get (tests compile C)"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"; } \
        >"$logs/headers.log" 2>&1 || tail -n 5 "$logs/headers.log"
}

interesting() { grep --line-buffered -E '^(\[[A-Z]+\] *)?(Tests run:|contract:|mutants:|Building verbs)|BUILD' || true; }

# Sums Surefire's reports: "run failed skipped".
count_reports() {
    find . -path '*/target/*-reports/TEST-*.xml' -newer "$logs/begin" -exec cat {} + | tr '\n' ' ' \
        | awk 'BEGIN { RS = "<testsuite " }
               NR > 1 { head = substr($0, 1, index($0, ">"))
                        run += number("tests"); failed += number("failures") + number("errors"); skipped += number("skipped") }
               function number(name) { return match(head, " " name "=\"[0-9]+") \
                   ? substr(head, RSTART + index(substr(head, RSTART), "\""), RLENGTH) + 0 : 0 }
               END { print run + 0, failed + 0, skipped + 0 }'
}

# What a reader needs first: the failing tests with the start of their traces, then Maven's own words.
explain() {
    echo "---- what failed (all of it: $1)"
    awk '/<<< (FAILURE|ERROR)!/ { left = 20 } left-- > 0' "$1" | head -n 160
    if grep -q '^\[ERROR\]' "$1"; then grep '^\[ERROR\]' "$1" | head -n 60; else tail -n 80 "$1"; fi
    echo "----"
}

soft() {
    local start=$SECONDS status=0 result=ok run failed skipped
    echo "== soft: mvn verify"
    lock_build
    touch "$logs/begin"
    build_begins
    run "$logs/soft.log" interesting "${maven[@]}" verify || status=$?
    if ((status == 0)); then build_succeeded; fi
    unlock_build
    read -r run failed skipped < <(count_reports)
    if ((status != 0)); then
        result="failed (mvn: $status)"
        explain "$logs/soft.log"
        # A build can fail with every test passed; the last line must not hide it.
        if ((failed == 0)); then failed=1 run=$((run + 1)); fi
    elif ((run == 0)); then
        result='failed (no test ran)' failed=1 run=1
    fi
    record soft $((SECONDS - start)) "$result" $((run - failed - skipped)) "$failed" "$skipped"
    return "$status"
}

# ---- what another thread may see of a message that the software device places

stress() {
    local start=$SECONDS status=0 result=ok tests failed
    echo "== placement: jcstress on the software device"
    read -ra flags <<<"$JAVA_FLAGS"
    run "$logs/jcstress.log" cat "$JAVA_HOME/bin/java" "${flags[@]}" \
        -cp "$root/benchmarks/target/classes:$(<"$root/benchmarks/target/classpath.txt")" \
        dev.verbs.benchmarks.stress.Stress --quick --dir "$root/benchmarks/target/jcstress" || status=$?
    read -r tests failed < <(awk '$1 == "jcstress:" { for (i = 2; i <= NF; i++) { split($i, pair, "="); value[pair[1]] = pair[2] } }
        END { print value["tests"] + 0, value["failed"] + 0 }' "$logs/jcstress.log")
    if ((status != 0)); then
        result="failed (status $status)"
        if ((failed == 0)); then failed=1 tests=$((tests + 1)); fi
    fi
    record placement $((SECONDS - start)) "$result" $((tests - failed)) "$failed" 0
}

# ---- the contract on other software devices: as the device that a profile is named after, and on a network, where no post executes

variants() {
    local variant name option floor log start status result passed failed skipped
    read -ra flags <<<"$JAVA_FLAGS"
    for variant in 'profile rxe|-Ddev.verbs.soft.profile=rxe|800' 'profile siw|-Ddev.verbs.soft.profile=siw|310' \
        'profile mlx5|-Ddev.verbs.soft.profile=mlx5|800' 'on a network|-Ddev.verbs.test.network=true|800'; do
        IFS='|' read -r name option floor <<<"$variant"
        start=$SECONDS status=0 result=ok
        log=$logs/contract-${name##* }.log
        echo "== contract on the software device, $name"
        run "$log" suite_lines "$JAVA_HOME/bin/java" "${flags[@]}" "$option" \
            -cp "$root/examples/target/test-classes:$root/examples/target/classes:$(<"$root/examples/target/test-classpath.txt")" \
            dev.verbs.testkit.SuiteRunner --provider soft --floor "$floor" --package dev.verbs.contract || status=$?
        read -r passed failed skipped < <(awk '$1 == "suite:" { for (i = 2; i <= NF; i++) { split($i, pair, "="); value[pair[1]] = pair[2] } }
            END { print value["run"] - value["failed"], value["failed"] + 0, value["skipped"] + 0 }' "$log")
        if ((status != 0)); then
            result="failed (status $status)"
            if ((failed == 0)); then failed=1; fi
        fi
        record "contract, $name" $((SECONDS - start)) "$result" "$passed" "$failed" "$skipped"
    done
}
suite_lines() { grep --line-buffered -E '^(suite:|FAILED )' || true; }

# ---- a user's project, outside the tree

consumer() {
    local start=$SECONDS status=0 result=ok
    echo "== consumer: the README's verbs example in a project of its own"
    run "$logs/consumer.log" cat "$sh/consumer-test.sh" || status=$?
    if ((status == 0)); then
        record consumer $((SECONDS - start)) "$result" 2 0 0
    else
        record consumer $((SECONDS - start)) "failed (status $status)" 0 1 0
    fi
    return "$status"
}

# ---- phase 2: a real device

usable_device() {
    local node
    [[ -z ${VERBS_VM:-} ]] || return 1
    compgen -G '/sys/class/infiniband/*' >/dev/null || return 1
    [[ -r /dev/infiniband/rdma_cm && -w /dev/infiniband/rdma_cm ]] || return 1
    for node in /dev/infiniband/uverbs*; do [[ -r $node && -w $node ]] && return; done
    return 1
}

real() {
    local start=$SECONDS status=0 where suite=("$sh/real-suite.sh" "$logs/real")
    if usable_device; then
        where='this machine'
        echo "== real device: on this machine"
        run "$logs/real.log" cat "${suite[@]}" || status=$?
    else
        where=VM
        echo "== real device: in a virtual machine"
        run "$logs/real.log" cat "$root/examples/src/main/vm/vm.sh" --devices rxe0,siw0 --out "$logs/real" --timeout 3000 -- "${suite[@]}" || status=$?
    fi
    if [[ -f $logs/real/phases ]]; then cat "$logs/real/phases" >>"$phases"; fi
    if [[ $where == VM ]] && ((status == 125)) && [[ ${CI:-} != true ]]; then
        echo "not run: contract, interop and demo on a real device; to run them, do what the line above says, then ./verbs test"
        record "real device ($where)" $((SECONDS - start)) 'not run' 0 0 0
    elif ((status != 0)) && ! grep -q failed "$logs/real/phases" 2>/dev/null; then
        record "real device ($where)" $((SECONDS - start)) "failed (status $status)" 0 1 0
    elif ((status == 0)) && [[ ! -s $logs/real/phases ]]; then
        record "real device ($where)" $((SECONDS - start)) 'failed (nothing ran)' 0 1 0
    else
        record "real device ($where, all of it)" $((SECONDS - start)) "$( ((status == 0)) && echo ok || echo "status $status")" 0 0 0
    fi
}

ensure_headers
if soft; then
    variants
    stress
    consumer || true
    if [[ -z $quick ]]; then real; fi
elif [[ -z $quick ]]; then
    record 'real device' 0 'not run: the build failed' 0 0 0
fi

echo
awk -F '\t' 'BEGIN { printf "%-34s %8s  %s\n", "phase", "seconds", "result" }
    { counts = $4 + $5 + $6 ? sprintf(": %d passed, %d failed, %d skipped", $4, $5, $6) : ""
      printf "%-34s %8d  %s%s\n", $1, $2, $3, counts }' "$phases"
echo
awk -F '\t' '{ passed += $4; failed += $5; skipped += $6 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 || passed == 0 }' "$phases"
