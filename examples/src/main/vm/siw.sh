# Sourced by prepare.sh, whose functions and variables it uses: the module siw (software iWARP). Debian's kernels come without
# it, but its source is in their source package: built against the headers of exactly the kernel that is booted.
# shellcheck shell=bash disable=SC2154  # cache and here are prepare.sh's
set -euo pipefail

# fetch PACKAGE VERSION…: downloads packages into the current directory, without installing them.
fetch() {
    local wanted=()
    while (($# > 0)); do
        wanted+=("$1=$2")
        shift 2
    done
    say "downloading ${wanted[*]} (once)"
    apt-get -qq download "${wanted[@]}" >apt.log 2>&1 && return
    if may_install; then as_root apt-get -qq update >&2; fi # the lists may be older than the archive
    apt-get -qq download "${wanted[@]}" >apt.log 2>&1 \
        || { tail -n 3 apt.log >&2
             cannot "could not download ${wanted[*]}; if the archive has a newer kernel by now, delete $cache to change to it"; }
}

# The compiler of the kernel's own build, make, and the library of the tool that checks each object.
siw_tools() { # siw_tools GCC OBJTOOL
    local missing=() install
    command -v "$1" >/dev/null || missing+=("$1")
    command -v make >/dev/null || missing+=(make)
    ! ldd "$2" 2>/dev/null | grep -q 'libelf.*not found' || missing+=(libelf1)
    ((${#missing[@]} > 0)) || return 0
    install="apt-get install -y --no-install-recommends ${missing[*]}"
    may_install || cannot "missing to build siw: ${missing[*]}; install with: sudo $install"
    say "installing what is missing to build siw (${missing[*]}) with apt-get"
    refresh_apt_lists make
    # shellcheck disable=SC2086  # the command is a list of words
    as_root env DEBIAN_FRONTEND=noninteractive $install >"$cache/apt.log" 2>&1 \
        || { tail -n 5 "$cache/apt.log" >&2; cannot "could not install: $install"; }
}

# build_siw KERNEL-DEB MODULE: everything is unpacked to a temporary directory, and only the module stays.
build_siw() {
    local deb=$1 module=$2 package version release headers source compiler dependencies
    command -v apt-get >/dev/null || cannot "siw needs Debian's kernel source, and there is no apt-get here"
    version=$(dpkg-deb --field "$deb" Version)
    release=$(basename "$deb" .deb)
    release=${release#linux-image-}
    source=linux-source-$(sed -E 's/^([0-9]+\.[0-9]+).*/\1/' <<<"$release")
    refresh_apt_lists "$source"
    siw_work=$(mktemp -d /tmp/verbs-siw.XXXXXX) # the kernel's makefiles refuse a path with spaces
    cd "$siw_work"
    fetch "linux-headers-$release" "$version"
    dependencies=$(dpkg-deb --field "linux-headers-$release"_*.deb Depends)
    mapfile -t dependencies < <(grep -oE 'linux-(headers|kbuild)-[^ ,|]+' <<<"$dependencies")
    # shellcheck disable=SC2046  # pairs of words
    fetch $(printf "%s $version " "${dependencies[@]}") "$source" "$version"
    for package in linux-headers-*.deb linux-kbuild-*.deb; do dpkg-deb --extract "$package" root; done
    dpkg-deb --fsys-tarfile "$source"_*.deb | tar -xO "./usr/src/$source.tar.xz" | xz -dc -T 0 \
        | tar -x --strip-components=4 "$source/drivers/infiniband/sw/siw"
    headers=$siw_work/root/usr/src/linux-headers-$release
    sed -i "s|/usr/src/|$siw_work/root/usr/src/|" "$headers/Makefile"
    compiler=$(sed -nE 's/^CC *:?=.*[^a-z](gcc-[0-9]+).*/\1/p' "$headers/.kernelvariables" 2>/dev/null | head -n 1) || true
    siw_tools "${compiler:-gcc}" "$headers/tools/objtool/objtool"
    say "building siw for $release (once)"
    if ! make -C "$headers" M="$siw_work/siw" CONFIG_RDMA_SIW=m modules >make.log 2>&1; then
        tail -n 20 make.log >&2
        cannot "could not build siw for $release"
    fi
    strip --strip-debug siw/siw.ko
    mv siw/siw.ko "$module"
    cd "$here"
}
