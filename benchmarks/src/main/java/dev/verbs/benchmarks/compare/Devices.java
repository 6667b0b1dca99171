package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kernel's RDMA devices, as sysfs shows them. */
final class Devices {
    private static final Path CLASS = Path.of("/sys/class/infiniband");

    private Devices() {
    }

    /** Their names, sorted; none without RDMA. */
    static List<String> names() throws IOException {
        if (!Files.isDirectory(CLASS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(CLASS)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** The first RoCE v2 entry of an IPv4 address in the table of port 1; 0 if there is none. */
    static int gidIndex(final String device) throws IOException {
        return gidIndex(CLASS.resolve(device).resolve("ports/1"));
    }

    static int gidIndex(final Path port) throws IOException {
        int found = Integer.MAX_VALUE;
        if (Files.isDirectory(port.resolve("gids"))) {
            try (DirectoryStream<Path> gids = Files.newDirectoryStream(port.resolve("gids"))) {
                for (final Path gid : gids) {
                    final Path type = port.resolve("gid_attrs/types").resolve(gid.getFileName());
                    if (text(gid).startsWith("0000:0000:0000:0000:0000:ffff:") && text(type).equals("RoCE v2")) {
                        found = Math.min(found, Integer.parseInt(gid.getFileName().toString()));
                    }
                }
            }
        }
        return found == Integer.MAX_VALUE ? 0 : found;
    }

    /** Unused entries of the table have no type: reading it fails. */
    private static String text(final Path file) {
        try {
            return Files.readString(file).strip();
        } catch (final IOException e) {
            return "";
        }
    }
}
