package dev.verbs.ibv;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.OdpFlags;
import dev.verbs.VerbsException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Why memory was not registered, in words: drivers say ENOMEM, EFAULT or EINVAL and no more. What the kernel tells of the process
 * in files says the rest.
 *
 * @param system where {@code /proc} and {@code /sys} are found, {@code /} outside of tests
 */
record RegistrationDiagnosis(Path system) {
    static final RegistrationDiagnosis HERE = new RegistrationDiagnosis(Path.of("/"));
    private static final long PAGE = 4096;

    /** Whether a distance is a number of whole pages, of the smallest kind. */
    static boolean isPageAligned(final long distance) {
        return (distance & PAGE - 1) == 0;
    }

    /** The failure of a registration, with the errno that fits best. */
    VerbsException explain(final String verb, final int errno, final IbvContext context, final MemorySegment memory,
        final long iova, final int access) {
        final String what = memory.byteSize() + " bytes at 0x" + Long.toHexString(memory.address()) + " with access 0x"
            + Integer.toHexString(access);
        if (errno == Errno.ENOMEM) {
            return new VerbsException(verb, errno, what + ": "
                + limits(LibC.memlockLimit(), context.registeredBytes(), memory.byteSize(), access));
        }
        if (errno == Errno.EFAULT) {
            return new VerbsException(verb, errno, what + ": the memory cannot be pinned; "
                + mappings(memory.address(), memory.byteSize()));
        }
        if ((access & AccessFlags.ON_DEMAND) != 0 && errno != Errno.EOPNOTSUPP) {
            final long odp = context.queryDeviceEx().odp().general();
            if ((odp & OdpFlags.SUPPORT) == 0) {
                return new VerbsException(verb, Errno.EOPNOTSUPP, what + ": " + context.describe() + " has no paging on demand "
                    + "(its capabilities: " + OdpFlags.names(odp) + "); leave ON_DEMAND out: the memory is pinned then");
            }
        }
        if (!isPageAligned(memory.address() - iova)) {
            return new VerbsException(verb, errno, what + " as 0x" + Long.toHexString(iova)
                + ": both must lie equally far behind the start of a page");
        }
        return new VerbsException(verb, errno, what + ": the device takes at most " + context.queryDevice().maxMrSize()
            + " bytes; flags it does not know are refused");
    }

    /** What of the limits stands against pinning more memory. */
    String limits(final long memlock, final long registered, final long wanted, final int access) {
        final List<String> hints = new ArrayList<>();
        if (memlock >= 0) {
            hints.add("the limit of locked memory (RLIMIT_MEMLOCK) is " + memlock + " bytes, " + registered
                + " are registered already, " + wanted + " more were wanted; each region counts whole pages. Raise it: ulimit -l, "
                + "LimitMEMLOCK= of a systemd unit, --ulimit memlock= of a container");
        } else {
            hints.add("the limit of locked memory (RLIMIT_MEMLOCK) is unlimited; " + registered
                + " bytes are registered already: the device or the machine is out of memory");
        }
        final String group = lastField(read("proc/self/cgroup"), "0::");
        for (final String file : List.of("memory.max", "rdma.max")) {
            final String limit = group == null ? "" : read("sys/fs/cgroup" + group + "/" + file).strip();
            if (!limit.isEmpty() && !limit.equals("max")) {
                hints.add("the control group " + group + " limits " + file + " to " + limit.replace('\n', ' '));
            }
        }
        if ((access & AccessFlags.HUGETLB) != 0) {
            hints.add("huge pages: " + lastField(read("proc/meminfo"), "HugePages_Free:") + " of "
                + lastField(read("proc/meminfo"), "HugePages_Total:") + " are free; more with sysctl vm.nr_hugepages");
        }
        return String.join("; ", hints);
    }

    /** What the memory consists of: holes, and mappings that devices cannot use. */
    String mappings(final long address, final long length) {
        final List<String> found = new ArrayList<>();
        long at = address;
        for (final String line : read("proc/self/maps").lines().toList()) {
            final String[] fields = line.split("\\s+", 6);
            final int dash = fields[0].indexOf('-');
            final long from = Long.parseUnsignedLong(fields[0].substring(0, dash), 16);
            final long to = Long.parseUnsignedLong(fields[0].substring(dash + 1), 16);
            if (Long.compareUnsigned(to, at) <= 0 || at - address >= length) {
                continue;
            }
            if (Long.compareUnsigned(from, at) > 0) {
                break;
            }
            found.add(fields[1] + " " + (fields.length > 5 && !fields[5].isEmpty() ? fields[5] : "anonymous"));
            at = to;
        }
        final String hole = at - address < length ? "nothing is mapped at 0x" + Long.toHexString(at) + "; " : "";
        return hole + "it lies in [" + String.join(", ", found) + "]: devices pin for writing, so that read-only mappings (r--), "
            + "of files too, and writable mappings of some file systems cannot be registered on every kernel; copy the data, or map "
            + "it writable from tmpfs";
    }

    private static String lastField(final String text, final String start) {
        return text.lines().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()).strip())
            .findFirst().orElse(null);
    }

    private String read(final String file) {
        try {
            return Files.readString(system.resolve(file));
        } catch (final IOException e) {
            return ""; // the hint is left out
        }
    }
}
