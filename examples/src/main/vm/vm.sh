#!/usr/bin/env bash
# Runs a command in a virtual machine with a stock Debian kernel and real software RDMA devices (rdma_rxe, siw).
# prepare.sh provides kernel and initramfs; init.sh and guest-run.sh are the guest's side.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
    cat <<'END'
usage: verbs vm [options] -- COMMAND [ARGUMENT…]

Runs COMMAND in a virtual machine (QEMU, software emulation, no privileges needed) with a stock Debian kernel and software
RDMA devices of that kernel. The guest sees this machine's files; what it writes is thrown away, except in DIR.

  --devices LIST     which RDMA devices the guest has, one or both (default: rxe0):
                       rxe0  RoCE v2, driver rdma_rxe: 10.77.0.1 and fd77::1 on veth0
                       siw0  iWARP, driver siw: 10.77.1.1 and fd77:1::1 on veth2. Debian's kernels come without it: the first
                             run builds it from the kernel's source package (downloads 150 MB; needs gcc and make), for good

  --out DIR          shared with the guest read-write, at the same path (default: target/vm)
  --env NAME=VALUE   passed to COMMAND, with PATH, JAVA_HOME, HOME, LANG and CI; may be repeated
  --timeout SECONDS  for COMMAND (default: 1800)
  --memory MiB       (default: 4096)
  --cpus N           (default: 2)
  --parallel         one thread of this machine per emulated CPU: faster for C programs that poll. Not for JVMs: the emulator
                     may run an instruction that another CPU is just patching, and a JVM patches its code (SIGILL)
  --kernel PACKAGE   Debian package of the kernel (default: linux-image-amd64, the distribution's own)
  --kernel-log FILE  (default: DIR/kernel.log)
  --verbose          the kernel's console goes to stderr, too

Exit status: COMMAND's own; or, with a line "verbs vm: …" on stderr,
  121  the guest did not get as far as COMMAND
  122  the guest's kernel died (panic)
  124  COMMAND took longer than the time-out
  125  cannot run here (not Linux on x86_64, QEMU or the kernel package is missing)
  130  interrupted
END
}

say() { echo "verbs vm: $*" >&2; }
usage_error() { say "$*; see: verbs vm --help"; exit 2; }

root=$(cd "$here/../../../.." && pwd) # of the repository
devices=rxe0
out=$root/target/vm timeout=1800 memory=4096 cpus=2 kernel=linux-image-amd64 kernel_log='' verbose='' threads=single extra_environment=()
boot_timeout=180 # seconds; about 6 on an idle machine
while (($# > 0)); do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --verbose) verbose=1; shift; continue ;;
        --parallel) threads=multi; shift; continue ;;
        --) shift; break ;;
        --devices | --out | --env | --timeout | --memory | --cpus | --kernel | --kernel-log) (($# > 1)) || usage_error "$1 needs a value" ;;
        -*) usage_error "unknown option $1" ;;
        *) break ;;
    esac
    case $1 in
        --devices) [[ $2 =~ ^(rxe0|siw0|rxe0,siw0|siw0,rxe0)$ ]] || usage_error "--devices needs rxe0, siw0 or rxe0,siw0, not '$2'"
            devices=$2 ;;
        --out) out=$2 ;;
        --env) [[ $2 == [A-Za-z_]*=* ]] || usage_error "--env needs NAME=VALUE, not '$2'"; extra_environment+=("$2") ;;
        --kernel) kernel=$2 ;;
        --kernel-log) kernel_log=$2 ;;
        *)  [[ $2 =~ ^[1-9][0-9]*$ ]] || usage_error "$1 needs a positive number, not '$2'"
            declare "${1#--}=$2" ;;
    esac
    shift 2
done
(($# > 0)) || usage_error "no command given"

[[ -z ${VERBS_VM:-} ]] || { say "this is the inside of the virtual machine already"; exit 125; }

control=$(mktemp -d "${TMPDIR:-/tmp}/verbs-vm.XXXXXX")
preparation='' qemu='' followers=()

# Ends what this script started, each by its own id, and lets the output that is there come out.
stop() {
    trap '' INT TERM HUP
    if [[ -n $preparation ]]; then kill -- "-$preparation" 2>/dev/null || true; fi
    if [[ -n $qemu ]] && kill "$qemu" 2>/dev/null; then
        for ((i = 0; i < 20; i++)); do kill -0 "$qemu" 2>/dev/null || break; sleep 0.1; done
        kill -KILL "$qemu" 2>/dev/null || true
        wait "$qemu" 2>/dev/null || true
    fi
    for pid in ${followers[@]+"${followers[@]}"}; do wait "$pid" 2>/dev/null || true; done
}
failed() {
    local status=$1
    shift
    stop
    if [[ -n $qemu && -s $kernel_log ]]; then
        say "$*; the kernel's last lines (all: $kernel_log):"
        tail -n 40 "$kernel_log" | tr -d '\r' | sed 's/^/  | /' >&2
    else
        say "$*"
    fi
    exit "$status"
}
trap 'stop; rm -rf "$control"' EXIT
trap 'failed 130 interrupted' INT TERM HUP

# A process group of its own, so that apt, too, can be told to stop.
with_siw=()
if [[ $devices == *siw0* ]]; then with_siw=(siw); fi
setsid "$here/prepare.sh" "$kernel" ${with_siw[@]+"${with_siw[@]}"} >"$control/parts" </dev/null &
preparation=$!
status=0
wait "$preparation" || status=$?
preparation=''
((status == 0)) || exit "$status"
mapfile -t parts <"$control/parts"

mkdir -p "$out" 2>/dev/null || true
[[ -w $out ]] || { say "cannot write to $out"; exit 125; }
out=$(cd "$out" && pwd)
kernel_log=${kernel_log:-$out/kernel.log}
: >"$kernel_log"
cp "$here/guest-run.sh" "$control/"
if [[ $devices == *siw0* ]]; then cp "${parts[2]}" "$control/siw.ko"; fi
printf '%s' "$devices" >"$control/devices"
printf '%s' "$out" >"$control/out-dir"
pwd >"$control/cwd"
printf '%s\0' "$@" >"$control/command"
for name in PATH JAVA_HOME HOME LANG CI; do
    if [[ -n ${!name:-} ]]; then printf '%s\0' "$name=${!name}"; fi
done >"$control/environment"
printf '%s\0' VERBS_VM=1 ${extra_environment[@]+"${extra_environment[@]}"} >>"$control/environment"
: >"$control/stdout"
: >"$control/stderr"

# A guest must not outlive this script, even if it is killed outright.
guard=()
if setpriv --pdeathsig TERM true 2>/dev/null; then guard=(setpriv --pdeathsig TERM); fi
comma() { printf '%s' "${1//,/,,}"; } # QEMU's quoting
ulimit -n "$(ulimit -Hn)"
# TCG on purpose: /dev/kvm may exist and still hang a stock kernel. la57=off: one level of page tables less to emulate.
# tsc=reliable: all CPUs read the host's counter; without it the guest's clock is an emulated HPET, 900 ns a reading instead of 75.
# thread=single: with one thread per CPU, TCG reads an instruction byte by byte while another CPU writes it; real CPUs do not.
"${guard[@]}" qemu-system-x86_64 -accel tcg,thread=$threads -cpu max,la57=off -smp "$cpus" -m "$memory" \
    -nodefaults -display none -no-reboot -nic none \
    -kernel "${parts[0]}" -initrd "${parts[1]}" \
    -append "console=ttyS0 panic=-1 mitigations=off random.trust_cpu=on nowatchdog net.ifnames=0 tsc=reliable" \
    -chardev "file,id=console,path=$(comma "$kernel_log")" -serial chardev:console \
    -device virtio-rng-pci \
    -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap \
    -device virtio-9p-pci,fsdev=root,mount_tag=root \
    -fsdev "local,id=control,path=$(comma "$control"),security_model=none" \
    -device virtio-9p-pci,fsdev=control,mount_tag=control \
    -fsdev "local,id=out,path=$(comma "$out"),security_model=none,multidevs=remap" \
    -device virtio-9p-pci,fsdev=out,mount_tag=out \
    </dev/null >"$control/qemu.log" 2>&1 &
qemu=$!
# The guest appends to files in the control directory; these pass the text on as it comes, until QEMU has ended.
follow() { tail --silent -c +1 -s 0.05 -f --pid="$qemu" "$1" & followers+=($!); }
follow "$control/stdout"
follow "$control/stderr" >&2
if [[ -n $verbose ]]; then follow "$kernel_log" >&2; fi

exec {tick}<> <(:) # a pipe on which nothing ever comes: sleeping without a process
deadline=$((SECONDS + boot_timeout)) phase=boot
while kill -0 "$qemu" 2>/dev/null; do
    read -rt 0.1 -u "$tick" || true
    if [[ $phase == boot && -e $control/started ]]; then
        phase=command deadline=$((SECONDS + timeout))
    elif [[ $phase == command && -e $control/status ]]; then
        phase=ended deadline=$((SECONDS + 30)) # it only has to switch itself off
    elif ((SECONDS > deadline)); then
        case $phase in
            boot) failed 121 "the guest did not boot within $boot_timeout s" ;;
            command) failed 124 "the command took longer than $timeout s" ;;
            ended) break ;;
        esac
    fi
done
stop

if [[ ! -e $control/status ]]; then
    if [[ -s $control/qemu.log ]]; then sed 's/^/verbs vm: QEMU: /' "$control/qemu.log" >&2; fi
    if grep -q 'Kernel panic' "$kernel_log"; then
        failed 122 "$(grep -m 1 -o 'Kernel panic.*' "$kernel_log" | tr -d '\r')"
    fi
    if [[ ! -e $control/started ]]; then failed 121 "the guest did not get as far as the command"; fi
    failed 122 "the guest died before the command ended"
fi
# A kernel may survive a fault of its own, and the command too; nobody should have to look for it.
trouble='BUG:|WARNING:|Oops|general protection fault|blocked for more than|detected stall|Out of memory: Killed'
if grep -Eq "$trouble" "$kernel_log"; then
    grep -E "$trouble" "$kernel_log" | tr -d '\r' | head -n 10 | sed 's/^/kernel: /' >&2
fi
exit "$(<"$control/status")"
