package dev.verbs.examples;

import java.io.PrintWriter;

/** Where the launcher starts; everything else is in {@link VerbsCommand}. */
public final class Verbs {
    private Verbs() {
    }

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(final String[] args) {
        if (VerbsCommand.debug()) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
        System.exit(VerbsCommand.execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }
}
