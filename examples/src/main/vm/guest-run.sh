#!/usr/bin/env bash
# In the guest, inside the host's root file system: makes software RDMA devices with addresses, then runs the command.
# /run/verbs-vm is a host directory that brings the command here and takes its output and status back.
set -euo pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
control=/run/verbs-vm
devices=$(<"$control/devices")
out=$(<"$control/out-dir")
cwd=$(<"$control/cwd")
mapfile -d '' -t environment <"$control/environment"
mapfile -d '' -t command <"$control/command"

# device NAME TYPE NETDEV ADDRESS IPV6-ADDRESS: on a veth pair of its own, because over lo rdma_cm resolves nothing useful.
device() {
    local state=/sys/class/infiniband/$1/ports/1/state
    ip link add "$3" type veth peer name "$3-peer"
    ip address add "$4/24" dev "$3"
    ip address add "$5/64" dev "$3" nodad
    ip link set "$3-peer" up
    ip link set "$3" up
    rdma link add "$1" type "$2" netdev "$3"
    for ((i = 0; i < 100; i++)); do
        grep -q ACTIVE "$state" && break
        sleep 0.05
    done
    grep -q ACTIVE "$state"
    echo "$4 verbs-vm" >>/etc/hosts # the first one is found
}

echo verbs-vm >/proc/sys/kernel/hostname
printf '%s\n' '127.0.0.1 localhost' '::1 localhost' >/etc/hosts
# Without this an IPv6 address is "tentative" for a second, and has no GID until then.
echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
ip link set lo up
if [[ $devices == *rxe0* ]]; then device rxe0 rxe veth0 10.77.0.1 fd77::1; fi
if [[ $devices == *siw0* ]]; then
    insmod "$control/siw.ko"
    device siw0 siw veth2 10.77.1.1 fd77:1::1
fi
chmod 666 /dev/infiniband/*

# The one directory whose contents survive, at the path that it has on the host. cache=mmap: files can be mapped shared.
mkdir -p "$out"
mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=mmap out "$out"

ulimit -l unlimited
ulimit -n "$(ulimit -Hn)"
cd "$cwd"
# Pipes, not the files themselves: a command may open /dev/stdout again, which would truncate a file.
mkfifo /run/stdout /run/stderr
cat </run/stdout >>"$control/stdout" &
copier1=$!
cat </run/stderr >>"$control/stderr" &
copier2=$!
: >"$control/started"
status=0
env -i "${environment[@]}" "${command[@]}" </dev/null >/run/stdout 2>/run/stderr || status=$?

# Left-over background processes may hold the pipes open: wait for the end of the output, but not for ever.
for ((i = 0; i < 40; i++)); do
    kill -0 "$copier1" 2>/dev/null || kill -0 "$copier2" 2>/dev/null || break
    sleep 0.05
done
# A crashed JVM writes its report to the working directory, which is about to vanish.
if [[ ! $cwd -ef $out ]]; then find . -maxdepth 1 -name 'hs_err_pid*' -newer "$control/started" -exec cp -t "$out" {} +; fi
cd /
umount "$out" || sync
echo "$status" >"$control/status.new"
mv "$control/status.new" "$control/status"
