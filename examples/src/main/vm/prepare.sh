#!/usr/bin/env bash
# usage: prepare.sh PACKAGE [siw]
# Makes sure that the virtual machine's parts are there, and prints two lines: the kernel's path and the initramfs's path; with
# siw also a third, that module's path.
# The kernel is Debian's own package, unpacked into a cache and never installed; it stays until the cache is deleted.
# Exit status 125: cannot be done here.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=examples/src/main/vm/siw.sh
source "$here/siw.sh"

packages=(qemu-system-x86 seabios busybox-static cpio rdma-core ibverbs-providers ibverbs-utils rdmacm-utils perftest
          iproute2 kmod libibverbs1 librdmacm1 xz-utils)
# Loaded in this order, each after what it depends on. rxe dies with "failed to init crc32" unless crc32_generic is there first.
modules=(virtio_pci 9pnet_virtio 9p overlay crc32_generic crc32c_generic libcrc32c virtio_rng veth ib_uverbs rdma_ucm rdma_rxe)

say() { echo "verbs vm: $*" >&2; }
cannot() { say "$*"; exit 125; }
as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }
# Who may install: root, and a CI job that has a sudo which asks nothing.
may_install() { ((EUID == 0)) || { [[ ${CI:-} == true ]] && sudo -n true 2>/dev/null; }; }

check_machine() {
    [[ $(uname -s) == Linux ]] || cannot "needs Linux on x86_64, this is $(uname -s)"
    [[ $(uname -m) == x86_64 ]] || cannot "needs Linux on x86_64, this is $(uname -m)"
}

# The tools used on this side, and those that the guest sees because it shares this machine's root file system.
missing_tools() {
    local tool missing=()
    for tool in qemu-system-x86_64 busybox cpio xz modprobe depmod ip rdma ibv_devinfo rping ib_send_lat; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    [[ -f /usr/share/seabios/bios-256k.bin ]] || missing+=(seabios)
    [[ -f /etc/libibverbs.d/rxe.driver ]] || missing+=(ibverbs-providers)
    # A dynamically linked busybox has no libraries in the initramfs.
    if command -v busybox >/dev/null && ldd "$(command -v busybox)" >/dev/null 2>&1; then missing+=(busybox-static); fi
    echo "${missing[*]}"
}

refresh_apt_lists() {
    [[ -n $(apt-cache pkgnames "$1" 2>/dev/null | head -n 1) ]] && return
    may_install || return 0
    say "reading the package lists (apt-get update)"
    as_root apt-get -qq update >&2
}

ensure_tools() {
    local missing install="apt-get install -y --no-install-recommends ${packages[*]}"
    missing=$(missing_tools)
    [[ -z $missing ]] && return
    command -v apt-get >/dev/null || cannot "missing: $missing; only Debian's packages are supported"
    may_install || cannot "missing: $missing; install with: sudo $install"
    say "installing what is missing ($missing) with apt-get"
    refresh_apt_lists qemu-system-x86
    # Lists may be older than the archive: refresh once when a package cannot be fetched.
    # shellcheck disable=SC2086  # the command is a list of words
    as_root env DEBIAN_FRONTEND=noninteractive $install >"$cache/apt.log" 2>&1 \
        || { as_root apt-get -qq update >&2
             as_root env DEBIAN_FRONTEND=noninteractive $install >"$cache/apt.log" 2>&1; } \
        || { tail -n 5 "$cache/apt.log" >&2; cannot "could not install: $install"; }
    missing=$(missing_tools)
    [[ -z $missing ]] || cannot "still missing after the installation: $missing"
}

# A meta package names the concrete one; which version that is, is the distribution's business.
download_kernel() {
    local meta=$1 package
    command -v apt-get >/dev/null || cannot "needs Debian's kernel package, and there is no apt-get here"
    refresh_apt_lists "$meta"
    package=$(apt-cache depends "$meta" 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
    [[ -n $package ]] || cannot "apt knows no $meta; run: sudo apt-get update (Debian only)"
    say "downloading $package (once)"
    mkdir "$work/download"
    cd "$work/download"
    if ! apt-get -qq download "$package" >apt.log 2>&1; then
        if may_install; then as_root apt-get -qq update >&2; fi # the lists may be older than the archive
        apt-get -qq download "$package" >apt.log 2>&1 || { tail -n 3 apt.log >&2; cannot "could not download $package"; }
    fi
    mv ./*.deb "$cache/$package.deb"
}

# The same kernel, uncompressed: emulated, its own decompression takes 3 of 8 s. Left as it is if compressed otherwise.
unpack_kernel() {
    local offset
    offset=$(LC_ALL=C grep -abo -m 1 $'\xFD7zXZ' "$1" | head -n 1 | cut -d : -f 1) || true
    if [[ -n $offset ]]; then
        tail -c "+$((offset + 1))" "$1" | xz -dcq --single-stream >"$1.elf" 2>/dev/null || true # rubbish follows the stream
        if [[ $(head -c 4 "$1.elf") == $'\x7fELF' ]]; then mv "$1.elf" "$1"; fi
    fi
}

# An initramfs of busybox, our init, and just the modules that are needed, numbered in the order of loading.
build_initramfs() {
    local deb=$1 kernel=$2 initramfs=$3 version module file number=100
    mkdir -p "$work/deb" "$work/root"/{bin,modules,proc,sys,dev,lower,upper,mnt}
    dpkg-deb --extract "$deb" "$work/deb"
    if [[ ! -d $work/deb/lib/modules ]]; then ln -sfn usr/lib "$work/deb/lib"; fi # merged /usr: Debian 13
    version=$(basename "$work"/deb/lib/modules/*)
    depmod -b "$work/deb" "$version"
    for module in "${modules[@]}"; do
        modprobe -d "$work/deb" -S "$version" --show-depends "$module"
    done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$work/order"
    while read -r file; do
        number=$((number + 1))
        module=$work/root/modules/$number-$(basename "$file")
        case $file in # busybox's insmod reads plain modules only
            *.xz) xz -dc "$file" >"${module%.xz}" ;;
            *) cp "$file" "$module" ;;
        esac
    done <"$work/order"
    cp "$(command -v busybox)" "$work/root/bin/busybox"
    install -m 755 "$here/init.sh" "$work/root/init"
    (cd "$work/root" && find . | cpio --quiet -o -H newc -R 0:0 | gzip -1) >"$work/initramfs"
    mv "$work"/deb/boot/vmlinuz-* "$work/kernel"
    unpack_kernel "$work/kernel"
    touch "$work/kernel" # its time was the package's
    mv "$work/kernel" "$kernel"
    mv "$work/initramfs" "$initramfs"
}

check_machine
meta=$1
with_siw=${2:-}
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/verbs-ffm/$meta
mkdir -p "$cache" 2>/dev/null || true
[[ -w $cache ]] || cannot "cannot write the cache $cache; set XDG_CACHE_HOME"
# Several runs may start at once: one prepares, the others wait and find it done.
exec {lock}>"$cache/lock"
flock "$lock"
ensure_tools
work=$(mktemp -d "$cache/work.XXXXXX")
siw_work=''
trap 'rm -rf "$work" ${siw_work:+"$siw_work"}' EXIT
newest_kernel() { find "$cache" -maxdepth 1 -name 'linux-image-*.deb' | sort -V | tail -n 1; }
deb=$(newest_kernel)
if [[ -z $deb ]]; then
    download_kernel "$meta"
    deb=$(newest_kernel)
fi
name=$(basename "$deb" .deb)
hash=$(cat "$here/prepare.sh" "$here/init.sh" | sha256sum | cut -c 1-12)
kernel=$cache/$name.kernel-$hash
initramfs=$cache/$name.initramfs-$hash
if [[ ! -f $kernel || ! -f $initramfs ]]; then
    say "building the guest's initramfs from $name (once)"
    find "$cache" -maxdepth 1 \( -name '*.initramfs-*' -o -name '*.kernel-*' \) -mtime +30 -delete # of older scripts
    build_initramfs "$deb" "$kernel" "$initramfs"
fi
parts=("$kernel" "$initramfs")
if [[ -n $with_siw ]]; then
    siw=$cache/$name.siw-$(dpkg-deb --field "$deb" Version).ko
    if [[ ! -f $siw ]]; then build_siw "$deb" "$siw"; fi
    parts+=("$siw")
fi
printf '%s\n' "${parts[@]}"
