package dev.verbs.examples.interop;

import dev.verbs.Context;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.Verbs;
import dev.verbs.examples.CommandRun;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What tests with C programs share. */
final class Interop {
    /** For everything that one test waits for; emulated machines are slow. */
    static final Duration DEADLINE = Duration.ofSeconds(90);
    /** State of a listening socket in /proc/net/tcp. */
    private static final String LISTEN = "0A";

    private Interop() {
    }

    /** Device, port, GID and address of the end under test. */
    static PortSelection port() {
        try (VerbsProvider provider = TestProvider.open(); Context context = Verbs.open(provider, TestProvider.deviceName())) {
            return PortSelection.choose(context, PortOptions.AUTOMATIC);
        }
    }

    /** Name of the device under test. */
    static String device() {
        try (VerbsProvider provider = TestProvider.open(); Context context = Verbs.open(provider, TestProvider.deviceName())) {
            return context.device().name();
        }
    }

    /** A command on the provider and the device under test. */
    static CommandRun run(final String command, final String... args) {
        final List<String> all = new ArrayList<>(List.of(command, "--provider", TestProvider.name(), "--device", device()));
        all.addAll(Arrays.asList(args));
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** Runs a client until the C server listens: nothing shows from outside that a listener of the connection manager is there. */
    static CommandRun client(final CProcess server, final String command, final String... args) {
        final long deadline = System.nanoTime() + DEADLINE.toNanos();
        CommandRun run;
        do {
            run = run(command, args);
        } while (run.err().contains("nobody listens") && server.isAlive() && System.nanoTime() < deadline);
        return run;
    }

    /** A command on the provider and the device under test, on a thread of its own. */
    static Waiting.Pending<CommandRun> start(final String command, final String... args) {
        return Waiting.start("verbs " + command, () -> run(command, args));
    }

    /** Waits until somebody listens on a TCP port, without connecting to it. */
    static void awaitListener(final int port, final Object who) {
        final String wanted = String.format(Locale.ROOT, ":%04X", port);
        if (!Waiting.until(DEADLINE, () -> listens("/proc/net/tcp", wanted) || listens("/proc/net/tcp6", wanted))) {
            throw new AssertionError("nobody listens on TCP port " + port + ": " + who);
        }
    }

    private static boolean listens(final String table, final String port) {
        try {
            return Files.exists(Path.of(table)) && Files.readAllLines(Path.of(table)).stream()
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(fields -> fields.length > 3 && fields[1].endsWith(port) && fields[3].equals(LISTEN));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
