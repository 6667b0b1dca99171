#!/usr/bin/env bash
# The coverage ledger and the mutation check on a device (dev.verbs.ledger). The launcher has built.
# usage: ledger.sh coverage|mutants [argument…]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
# shellcheck source=examples/src/main/sh/find-jdk.sh
source "$root/examples/src/main/sh/find-jdk.sh"

usage_coverage() {
    cat <<'END'
usage: verbs coverage [DIRECTORY…]

Writes verbs-ffm/COVERAGE.md: every function of libibverbs and librdmacm, and the contract test that saw its effect on a device, or
the reason why there is none (verbs-ffm/src/test/ledger/reviewed.txt). Reads calls-DEVICE.tsv, which a run of the tests leaves in
DIRECTORY (default: those of the last ./verbs test); devices without such a file keep what is committed. Status 1 if something is
unexplained.
END
}

usage_mutants() {
    cat <<'END'
usage: verbs mutants DIRECTORY [swaps|skips…]

Swaps two arguments of one type in each binding, one at a time, and runs the contract tests that call it on this machine's device: one
must fail. A crash counts. With skips: leaves each call out instead, which shows whose effect the tests see. Takes what calls what from
DIRECTORY/calls-rxe.tsv, made there if it is missing. Best in the virtual machine:

  verbs vm --timeout 7200 --out DIRECTORY -- ./verbs mutants DIRECTORY

The recording library's mutation check, which needs no device, is part of ./verbs test.
END
}

command=${1:?usage: ledger.sh coverage|mutants}
shift
for argument; do
    case $argument in --help | -h) "usage_$command"; exit 0 ;; esac
done
require_jdk
read -ra flags <<<"$JAVA_FLAGS"
cd "$root"
target=examples/target
java=("$JAVA_HOME/bin/java" "${flags[@]}" -cp "$target/test-classes:$target/classes:$(<$target/test-classpath.txt)")
case $command in
    coverage)
        (($# > 0)) || set -- target/verbs-test/real verbs-ffm/target/ledger
        exec "${java[@]}" dev.verbs.ledger.CoverageCommand write "$@"
        ;;
    mutants)
        (($# > 0)) || { usage_mutants >&2; exit 2; }
        out=$1
        shift
        (($# > 0)) || set -- swaps
        mkdir -p "$out"
        if [[ ! -f $out/calls-rxe.tsv ]]; then
            "${java[@]}" dev.verbs.ledger.RecordingRunner "$out/calls-rxe.tsv" --provider ibv --package dev.verbs.contract \
                >"$out/recording.log" 2>&1 || echo "mutants: some tests fail without a mistake, see $out/recording.log"
        fi
        exec "${java[@]}" dev.verbs.ledger.MutationRun "$out/calls-rxe.tsv" "$out" "$@"
        ;;
    *) echo "ledger.sh: unknown command $command" >&2; exit 2 ;;
esac
