package dev.verbs.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what can be tried only once per process: which native libraries there are, and crashes. */
public final class ChildJvm {
    /** What every program of this project is run with. */
    public static final List<String> FLAGS = List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=deny",
        "--illegal-native-access=deny");
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx256m",
        "-XX:-CreateCoredumpOnCrash");

    private ChildJvm() {
    }

    /**
     * What a child left behind.
     *
     * @param status its exit status, 128 plus the signal if one killed it
     * @param output everything it printed
     */
    public record Result(int status, String output) {
    }

    /** Runs a class with this JVM's class path. */
    public static Result run(final Map<String, String> environment, final Path directory, final Duration deadline, final List<String> flags,
        final Class<?> main, final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(QUICK);
        command.addAll(flags);
        command.add("-XX:ErrorFile=" + directory.resolve("crash.log"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        final Process process = builder.start();
        process.getOutputStream().close();
        final CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readAllBytes();
            } catch (final IOException e) {
                return e.toString().getBytes(StandardCharsets.UTF_8);
            }
        });
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            return new Result(124, new String(output.join(), StandardCharsets.UTF_8) + "\nkilled after " + deadline);
        }
        return new Result(process.exitValue(), new String(output.join(), StandardCharsets.UTF_8));
    }
}
