package dev.verbs.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The file descriptors that RDMA objects hold. Jars, sockets and the JVM's own files come and go and are left out. */
public final class OpenDescriptors {
    private static final Path SELF = Path.of("/proc/self/fd");

    private OpenDescriptors() {
    }

    /** What the RDMA descriptors of this process point to, sorted; empty where there is no /proc. */
    public static List<String> list() {
        final List<String> found = new ArrayList<>();
        if (!Files.isDirectory(SELF)) {
            return found;
        }
        try (Stream<Path> links = Files.list(SELF)) {
            links.forEach(link -> {
                final String target = target(link);
                if (target.contains("infiniband") || target.contains("rdma") || target.contains("eventpoll")
                    || target.startsWith("anon_inode")) {
                    found.add(target);
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    private static String target(final Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (final IOException e) {
            return ""; // closed since it was listed: the directory's own descriptor
        }
    }
}
