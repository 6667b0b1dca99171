#!/usr/bin/env bash
# Random sequences of valid and invalid verbs calls against a state-machine oracle (dev.verbs.fuzz). The launcher has built.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
# shellcheck source=examples/src/main/sh/find-jdk.sh
source "$root/examples/src/main/sh/find-jdk.sh"

usage() {
    cat <<'END'
usage: verbs fuzz [options]

Does random sequences of 20 to 60 valid and invalid verbs calls and checks each against what the specification allows: every
error is one of the API's, every accepted signalled request completes once and in order, nothing is left over. A failing
sequence is made as short as possible and printed with its seed.

  --provider NAME   soft or ibv (default: soft)
  --sequences N     how many (default: 100000)
  --seed N          of the whole run (default: random, printed); with --sequences 1 the seed of one sequence

In the virtual machine: verbs vm -- ./verbs fuzz --provider ibv --sequences 1000
END
}

provider=soft sequences=100000 seed=''
while (($# > 0)); do
    case $1 in
        --provider) provider=${2:?--provider needs a name} ;;
        --sequences) sequences=${2:?--sequences needs a number} ;;
        --seed) seed=${2:?--seed needs a number} ;;
        --help | -h) usage; exit 0 ;;
        *) echo "verbs fuzz: unknown argument $1; see: verbs fuzz --help" >&2; exit 2 ;;
    esac
    shift 2
done
require_jdk
read -ra flags <<<"$JAVA_FLAGS"
cd "$root"
target=examples/target
status=0
"$JAVA_HOME/bin/java" "${flags[@]}" -Ddev.verbs.fuzz.sequences="$sequences" ${seed:+-Ddev.verbs.fuzz.seed="$seed"} \
    -cp "$target/test-classes:$target/classes:$(<$target/test-classpath.txt)" \
    dev.verbs.testkit.SuiteRunner --provider "$provider" --package dev.verbs.fuzz || status=$?
# A kernel that stumbled goes on: what it says must not get lost.
if [[ $provider != soft ]] && oops=$(dmesg 2>/dev/null | grep -E 'Oops|BUG:|WARNING:|general protection|Call Trace'); then
    echo "fuzz: the kernel complained; the last sequence's seed is $(cat target/fuzz-last-seed 2>/dev/null || echo unknown)"
    dmesg | grep -E -A 30 'Oops|BUG:|WARNING:|general protection' | head -n 120
    echo "$oops" | sort | uniq -c
    status=1
fi
exit "$status"
