#!/bin/busybox sh
# shellcheck shell=dash
# Process 1 of the guest: loads the modules, puts a throw-away writable layer over the host's root file system (shared
# read-only over 9p), and runs guest-run.sh in it. What is printed here goes to the kernel's console.
/bin/busybox --install -s /bin
PATH=/bin

give_up() {
    echo "verbs-init: FAILED: $*"
    poweroff -f
}

mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in /modules/*; do
    insmod "$module" || give_up "insmod $module"
done

nine=trans=virtio,version=9p2000.L,msize=512000
mount -t 9p -o "$nine,ro,cache=loose" root /lower || give_up "no root share"
mount -t tmpfs -o size=75% upper /upper
mkdir /upper/data /upper/work
mount -t overlay -o lowerdir=/lower,upperdir=/upper/data,workdir=/upper/work overlay /mnt || give_up "no overlay"

# /tmp and everything else that the host has stays visible, and writable through the overlay.
mount -t proc proc /mnt/proc
mount -t sysfs sys /mnt/sys
mount -t devtmpfs dev /mnt/dev
mkdir -p /mnt/dev/pts /mnt/dev/shm
mount -t devpts -o gid=5,mode=620,ptmxmode=666 pts /mnt/dev/pts
mount -t tmpfs -o mode=1777 shm /mnt/dev/shm
mount -t tmpfs -o mode=755 run /mnt/run
mkdir -p /mnt/run/lock /mnt/run/verbs-vm
mount -t 9p -o "$nine,cache=none" control /mnt/run/verbs-vm || give_up "no control share"
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd
[ -e /dev/stdin ] || { ln -s fd/0 /dev/stdin; ln -s fd/1 /dev/stdout; ln -s fd/2 /dev/stderr; }

chroot /mnt /bin/bash /run/verbs-vm/guest-run.sh || give_up "guest-run.sh ended with status $?"
poweroff -f
