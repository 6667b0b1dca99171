package dev.verbs.examples.demo;

import java.io.Console;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** What is going on: one line that changes on a terminal, a line per step elsewhere. One thread. */
final class Progress implements Consumer<String> {
    private static final String START_OF_LINE = "\r\u001b[K";
    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final boolean terminal;
    private String stage = "";

    Progress(final PrintWriter out, final boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static boolean onTerminal() {
        final Console console = System.console();
        return console != null && console.isTerminal();
    }

    void stage(final String name) {
        stage = name;
        accept("...");
    }

    @Override
    public void accept(final String step) {
        final String line = stage + ": " + step;
        if (terminal) {
            out.print(START_OF_LINE + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** Takes the changing line away. */
    void done() {
        if (terminal) {
            out.print(START_OF_LINE);
            out.flush();
        }
    }
}
