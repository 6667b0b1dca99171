package dev.verbs.examples;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command that was run in this process, with what it printed.
 *
 * @param exitCode its exit code
 * @param out      what it wrote to stdout
 * @param err      what it wrote to stderr
 */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = VerbsCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    public static String provider() {
        return System.getProperty("dev.verbs.test.provider", "soft");
    }

    /** One sentence: one line, not empty. */
    public boolean isOneSentence() {
        return err.lines().count() == 1 && !err.isBlank();
    }

    @Override
    public String toString() {
        return "exit code " + exitCode + "\n--- stdout\n" + out + "--- stderr\n" + err;
    }
}
