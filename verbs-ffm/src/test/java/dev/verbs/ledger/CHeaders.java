package dev.verbs.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C compiler as a parser of the installed headers: {@code gcc -aux-info} writes every prototype with its place. */
final class CHeaders {
    static final List<String> NAMES = List.of("infiniband/verbs.h", "rdma/rdma_cma.h", "rdma/rdma_verbs.h");

    private static final Pattern LINE = Pattern.compile(
        "/\\* (\\S+):(\\d+):\\w+ \\*/ (static|extern) (.*?)(\\w+) \\((.*?)\\);(?: /\\*.*)?");

    private CHeaders() {
    }

    /**
     * A function of a header.
     *
     * @param name       its name
     * @param header     the header as it is included
     * @param inline     whether it is {@code static inline}, so that no library exports it
     * @param result     C type of the result
     * @param parameters C types, with names where it is inline
     */
    record Function(String name, String header, boolean inline, String result, List<String> parameters) {
    }

    /** Every function of the three headers; skips the test if there is no compiler or no headers. */
    static List<Function> functions() throws IOException, InterruptedException {
        return parse(prototypes());
    }

    /** What gcc lists. */
    static List<String> prototypes() throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("headers");
        try {
            final Path source = directory.resolve("all.c");
            final StringBuilder includes = new StringBuilder();
            NAMES.forEach(name -> includes.append("#include <").append(name).append(">\n"));
            Files.writeString(source, includes);
            final Path listed = directory.resolve("prototypes");
            gcc(directory, "-DRDMA_STATIC_PROVIDERS=none", "-fsyntax-only", "-aux-info", listed.toString(), source.toString());
            return Files.readAllLines(listed);
        } finally {
            for (final String name : List.of("all.c", "prototypes")) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        }
    }

    static List<Function> parse(final List<String> lines) {
        final List<Function> found = new ArrayList<>();
        for (final String line : lines) {
            final Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                final String header = NAMES.stream().filter(name -> matcher.group(1).endsWith("/" + name)).findFirst().orElse(null);
                if (header != null && found.stream().noneMatch(function -> function.name.equals(matcher.group(5)))) {
                    found.add(new Function(matcher.group(5), header, matcher.group(3).equals("static"), matcher.group(4).strip(),
                        matcher.group(6).equals("void") ? List.of() : List.of(matcher.group(6).split(", "))));
                }
            } else if (NAMES.stream().anyMatch(name -> line.contains("/" + name + ":"))) {
                throw new IllegalStateException("not understood: " + line);
            }
        }
        return found;
    }

    /** Runs the compiler; what it says is in the exception if it fails. */
    static void gcc(final Path directory, final String... arguments) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/usr/include/infiniband/verbs.h"))) {
            Installed.missing("the headers are not installed: apt install libibverbs-dev librdmacm-dev");
        }
        final List<String> command = new ArrayList<>(List.of("gcc"));
        command.addAll(List.of(arguments));
        final Path log = directory.resolve("gcc.log");
        final Process gcc;
        try {
            gcc = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (final IOException e) {
            Files.deleteIfExists(log);
            Installed.missing("gcc is not installed: apt install gcc libc6-dev");
            throw e;
        }
        try {
            if (!gcc.waitFor(60, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
                gcc.destroyForcibly();
                throw new IOException(String.join(" ", command) + ":\n" + Files.readString(log, StandardCharsets.UTF_8));
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
