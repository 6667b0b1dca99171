#!/usr/bin/env bash
# Proves the promises of `verbs vm --help`. Takes some six minutes; root also tries an unprivileged user.
# usage: selftest.sh [PATTERN]   only the checks whose name matches
# shellcheck disable=SC2016,SC1003  # what stands in single quotes is expanded in the guest, or must not be
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=examples/src/main/sh/find-jdk.sh
source "$here/../sh/find-jdk.sh"
export_jdk
pattern=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work/tmp # so that what is left behind can be told from other runs
mkdir "$TMPDIR"
out="$work/out dir, with a comma"
passed=0 failed=0

vm() { "$here/vm.sh" --out "$out" "$@" >"$work/stdout" 2>"$work/stderr" </dev/null; }

# check NAME EXPECTED-STATUS EXPECTED-TEXT-IN-OUTPUT COMMAND…
check() {
    local name=$1 expected=$2 text=$3 status=0
    shift 3
    [[ $name =~ $pattern ]] || return 0
    "$@" || status=$?
    if [[ $status == "$expected" ]] && { [[ -z $text ]] || grep -qF -- "$text" "$work/stdout" "$work/stderr"; }; then
        passed=$((passed + 1))
        echo "ok      $name"
    else
        failed=$((failed + 1))
        echo "FAILED  $name: status $status, expected $expected and \"$text\""
        tail -n 15 "$work/stdout" "$work/stderr" | sed 's/^/        /'
    fi
}

vm_processes() { # QEMUs and followers of this test
    local directory
    for directory in /proc/[0-9]*; do
        if [[ $(cat "$directory/comm" 2>/dev/null) =~ ^(qemu|tail) ]] && grep -qaF "$work" "$directory/cmdline" 2>/dev/null; then
            echo "${directory#/proc/}"
        fi
    done
}
nothing_left() { [[ -z $(vm_processes) ]] && ! compgen -G "$TMPDIR/verbs-vm.*" >/dev/null; }

streams_apart() {
    vm -- sh -c 'echo to-out; echo to-err >&2; echo again >/dev/stdout; exit 7' || [[ $? == 7 ]] || return 1
    [[ $(<"$work/stdout") == $'to-out\nagain' && $(<"$work/stderr") == to-err ]]
}
arguments_survive() {
    local arguments=('a b' "c'd\"e" '' $'new\nline' '*$HOME\' 'ü')
    vm --env 'SOME=a  b=c' -- bash -c 'printf "<%s>" "$@" "$SOME"' - "${arguments[@]}"
    [[ $(<"$work/stdout") == "$(printf '<%s>' "${arguments[@]}" 'a  b=c')" ]]
}
output_is_live() { # the first line is here while the command still runs
    : >"$work/stdout"
    vm -- sh -c 'echo first; sleep 5; echo second' &
    local pid=$! seen=''
    while kill -0 "$pid" 2>/dev/null; do
        if [[ $(<"$work/stdout") == first ]]; then seen=1; fi
        sleep 0.2
    done
    wait "$pid"
    [[ -n $seen ]]
}
big_output() {
    vm -- sh -c 'seq 200000; sleep 100 &'
    [[ $(cksum <"$work/stdout") == "$(seq 200000 | cksum)" ]]
}
files_return() {
    vm -- sh -c 'echo content >"$1/a file"; echo gone >"$2/lost"; pwd' - "$out" "$work"
    [[ $(<"$out/a file") == content && ! -e $work/lost && $(<"$work/stdout") == "$PWD" ]]
}
interrupted() { # interrupted SIGNAL
    local status=0 pid
    : >"$work/stdout"
    # With env: in a script, what runs in the background would ignore SIGINT.
    env --default-signal=INT "$here/vm.sh" --out "$out" -- sh -c 'echo begun; sleep 100' >"$work/stdout" 2>"$work/stderr" &
    pid=$!
    until grep -q begun "$work/stdout"; do kill -0 "$pid" || return 1; sleep 0.2; done
    kill "-$1" "$pid"
    wait "$pid" || status=$?
    for ((i = 0; i < 15; i++)); do # killed outright, its children have a moment to notice
        [[ -n $(vm_processes) ]] || return "$status"
        sleep 0.2
    done
    echo "left: $(vm_processes)" >>"$work/stderr"
    return 1
}
two_at_once() {
    local first second
    XDG_CACHE_HOME=$work/cache "$here/vm.sh" --out "$work/one" -- echo one >"$work/stdout" 2>"$work/stderr" &
    first=$!
    XDG_CACHE_HOME=$work/cache "$here/vm.sh" --out "$work/two" -- echo two >"$work/stdout2" 2>"$work/stderr2" &
    second=$!
    wait "$first" && wait "$second" && [[ $(<"$work/stdout") == one && $(<"$work/stdout2") == two ]]
}
unprivileged() {
    chmod 755 "$work"
    mkdir -p "$work/user/tmp"
    cp -r "$here" "$work/user/"
    cp -r "${XDG_CACHE_HOME:-$HOME/.cache}/verbs-ffm" "$work/user/verbs-ffm"
    chown -R 65534:65534 "$work/user"
    (cd "$work/user" && setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work/user" XDG_CACHE_HOME="$work/user" TMPDIR="$work/user/tmp" \
        "$work/user/vm/vm.sh" --out "$work/user/out" -- sh -c 'ibv_devinfo | grep PORT_ACTIVE && id -u && echo x >out/file' \
        >"$work/stdout" 2>"$work/stderr") && [[ $(<"$work/user/out/file") == x ]]
}
no_boot() { vm --memory 64 -- true; }
rping='rping -s -a 10.77.0.1 -C 5 -V & server=$!; sleep 1; rping -c -a 10.77.0.1 -C 5 -V -v && wait $server'
rping6=${rping//10.77.0.1/fd77::1}
siw=${rping//10.77.0.1/10.77.1.1}
siw6=${rping//10.77.0.1/fd77:1::1}
latency='ib_send_lat -d rxe0 -n 200 >/dev/null & sleep 1; ib_send_lat -d rxe0 -n 200 10.77.0.1 && wait'

check 'true' 0 '' vm -- true
check 'false' 1 '' vm -- false
check 'exit status' 7 '' vm -- sh -c 'exit 7'
check 'killed command' 137 '' vm -- sh -c 'kill -KILL $$'
check 'no such command' 127 'No such file' vm -- no-such-command
check 'stdout and stderr' 0 '' streams_apart
check 'arguments and environment' 0 '' arguments_survive
check 'live output' 0 'second' output_is_live
check 'big output, background process' 0 '' big_output
check 'files' 0 '' files_return
check 'device' 0 'PORT_ACTIVE' vm -- ibv_devinfo
check 'device nodes' 0 'crw-rw-rw-' vm -- ls -l /dev/infiniband/uverbs0 /dev/infiniband/rdma_cm
check 'locked memory' 0 'unlimited' vm -- bash -c 'ulimit -l'
check 'rping' 0 'ping data: rdma-ping-4' vm -- sh -c "$rping"
check 'rping, IPv6' 0 'ping data: rdma-ping-4' vm -- sh -c "$rping6"
check 'siw: rping' 0 'ping data: rdma-ping-4' vm --devices siw0 -- sh -c "$siw"
check 'siw: rping, IPv6' 0 'ping data: rdma-ping-4' vm --devices siw0 -- sh -c "$siw6"
check 'both devices, rxe0 first' 0 'rxe0 siw0' vm --devices siw0,rxe0 -- sh -c 'echo $(ibv_devices | awk "/rxe|siw/ { print \$1 }")'
check 'no such device' 2 '--devices needs' vm --devices rxe1 -- true
check 'ib_send_lat' 0 't_typical' vm -- sh -c "$latency"
if [[ -n ${JAVA_HOME:-} ]]; then check 'java' 0 'Runtime Environment' vm -- "$JAVA_HOME/bin/java" -version; fi
check 'time-out' 124 'took longer than 3 s' vm --timeout 3 -- sleep 100
check 'kernel panic' 122 'sysrq triggered crash' vm -- sh -c 'echo c >/proc/sysrq-trigger'
check 'kernel warning' 0 'kernel: ' vm -- sh -c 'echo "<4>WARNING: of the self-test" >/dev/kmsg'
check 'no boot' 121 'verbs vm: ' no_boot
check 'Ctrl-C' 130 'interrupted' interrupted INT
check 'terminated' 130 'interrupted' interrupted TERM
check 'killed outright' 137 '' interrupted KILL
rm -rf "$TMPDIR"/verbs-vm.* # what only a KILL leaves behind
check 'usage' 2 'unknown option' vm --nonsense -- true
check 'two at once, empty cache' 0 '' two_at_once
if ((EUID == 0)); then check 'unprivileged user' 0 'PORT_ACTIVE' unprivileged; fi
: >"$work/stdout"
check 'nothing is left' 0 '' nothing_left
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
