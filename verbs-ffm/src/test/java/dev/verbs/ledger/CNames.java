package dev.verbs.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which C names exist, asked of the compiler: every name becomes a line of C that is an error if no header declares it.
 *
 * <p>A name is {@code ibv_poll_cq}, {@code IBV_QPS_RTS}, {@code EINVAL}, {@code poll}; {@code struct ibv_wc}, {@code enum ibv_mtu}
 * or {@code union ibv_gid}; {@code ibv_qp_attr.path_mtu}, a field of a structure; {@code IBV_LINK_LAYER_*}, all that begin so.
 */
final class CNames {
    private static final List<String> TAGS = List.of("struct", "union", "enum");
    private static final List<String> SYSTEM = List.of("errno.h", "string.h", "poll.h", "unistd.h", "netdb.h", "sys/epoll.h", "sys/mman.h",
        "sys/resource.h", "sys/socket.h", "netinet/in.h");
    private static final Pattern ERROR = Pattern.compile("(?m)^\\S*names\\.c:(\\d+):\\d+: (?:fatal )?error: ");

    private CNames() {
    }

    /** The names that no header declares. */
    static Set<String> unknown(final Collection<String> names) throws IOException, InterruptedException {
        final List<String> lines = new ArrayList<>();
        final List<String> owners = new ArrayList<>();
        for (final String header : Stream.concat(SYSTEM.stream(), CHeaders.NAMES.stream()).toList()) {
            lines.add("#include <" + header + ">");
            owners.add(null);
        }
        final Set<String> prefixes = new TreeSet<>();
        for (final String name : new TreeSet<>(names)) {
            if (name.endsWith("*")) {
                prefixes.add(name);
            }
            for (final String line : forms(name)) {
                lines.add(line.replace("$", Integer.toString(lines.size())));
                owners.add(name);
            }
        }
        final Path directory = Files.createTempDirectory("names");
        try {
            final Set<String> unknown = new TreeSet<>(names);
            final Set<Integer> wrong = wrong(directory, lines);
            for (int i = 0; i < lines.size(); i++) {
                if (owners.get(i) != null && !wrong.contains(i + 1)) {
                    unknown.remove(owners.get(i));
                }
            }
            final Set<String> declared = prefixes.isEmpty() ? Set.of() : declared(directory);
            unknown.removeIf(name -> name.endsWith("*")
                && declared.stream().anyMatch(known -> known.startsWith(name.substring(name.indexOf(' ') + 1, name.length() - 1))));
            return unknown;
        } finally {
            Files.delete(directory);
        }
    }

    /** One of these lines is right if the name exists. */
    private static List<String> forms(final String name) {
        final int space = name.indexOf(' ');
        final int dot = name.indexOf('.');
        if (name.endsWith("*")) {
            return List.of();
        }
        if (dot >= 0) {
            final String type = name.substring(space + 1, dot);
            final String body = " *x) { (void)x->" + name.substring(dot + 1) + "; }";
            return Stream.of("struct ", "union ").map(tag -> "static void f$(" + tag + type + body).toList();
        }
        if (space >= 0) {
            return List.of("static unsigned long f$(void) { return sizeof(" + name + "); }");
        }
        return Stream.concat(Stream.of(name), TAGS.stream().map(tag -> tag + " " + name))
            .map(form -> "static unsigned long f$(void) { return sizeof(" + form + "); }").toList();
    }

    /** The numbers of the lines, from 1, that the compiler refuses. */
    private static Set<Integer> wrong(final Path directory, final List<String> lines) throws IOException, InterruptedException {
        final Path source = directory.resolve("names.c");
        Files.write(source, lines);
        try {
            CHeaders.gcc(directory, "-D_GNU_SOURCE", "-DRDMA_STATIC_PROVIDERS=none", "-w", "-fsyntax-only", "-fno-diagnostics-show-caret",
                source.toString());
            return Set.of();
        } catch (final IOException e) {
            final Set<Integer> wrong = new HashSet<>();
            final Matcher matcher = ERROR.matcher(e.getMessage());
            while (matcher.find()) {
                wrong.add(Integer.parseInt(matcher.group(1)));
            }
            if (wrong.isEmpty() || wrong.stream().anyMatch(line -> lines.get(line - 1).startsWith("#"))) {
                throw e;
            }
            return wrong;
        } finally {
            Files.deleteIfExists(source);
        }
    }

    /** Every word of the headers. */
    private static Set<String> declared(final Path directory) throws IOException, InterruptedException {
        final Path source = directory.resolve("all.c");
        final Path output = directory.resolve("all.i");
        try {
            Files.writeString(source, CHeaders.NAMES.stream().map(name -> "#include <" + name + ">\n").collect(Collectors.joining()));
            CHeaders.gcc(directory, "-DRDMA_STATIC_PROVIDERS=none", "-E", "-dD", "-P", "-o", output.toString(), source.toString());
            return Pattern.compile("\\W+").splitAsStream(Files.readString(output)).collect(Collectors.toSet());
        } finally {
            Files.deleteIfExists(source);
            Files.deleteIfExists(output);
        }
    }
}
