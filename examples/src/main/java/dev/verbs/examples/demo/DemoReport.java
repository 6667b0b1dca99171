package dev.verbs.examples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.verbs.examples.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The demo's result in a form for programs.
 *
 * @param provider            name of the provider
 * @param emulated            whether its devices are software inside this JVM
 * @param providerExplanation why this provider
 * @param pathExplanation     which device, port, GID and MTU, and why
 * @param java                version of the JVM
 * @param processors          processors of this machine
 * @param seconds             how long it all took
 * @param verified            whether every row is verified
 * @param rows                one per program
 */
public record DemoReport(String provider, boolean emulated, String providerExplanation, String pathExplanation, String java,
    int processors, double seconds, boolean verified, List<DemoRow> rows) {
    /** Copies the rows. */
    public DemoReport {
        rows = List.copyOf(rows);
    }

    /**
     * Refuses a file that could not be written at the end.
     *
     * @param file where to write
     * @throws IllegalArgumentException if it is a directory, or its directory is not there
     */
    static void checkWritable(final Path file) {
        final Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file) || file.toString().isEmpty()
            || !Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new IllegalArgumentException("json file " + file + " cannot be written");
        }
    }

    /**
     * Writes it as JSON.
     *
     * @param file where to
     */
    void write(final Path file) {
        try {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
        } catch (final IOException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
