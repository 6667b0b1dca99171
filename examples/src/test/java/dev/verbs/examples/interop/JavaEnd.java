package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.VerbsCommand;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A command on a thread of its own, and what it has written so far. */
record JavaEnd(Waiting.Pending<Integer> pending, StringWriter out, StringWriter err) {
    /** Starts a command, and waits until it has written that it is ready. */
    static JavaEnd start(final String ready, final String command, final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final List<String> all = new ArrayList<>(List.of(command, "--provider", TestProvider.name()));
        all.addAll(Arrays.asList(args));
        final JavaEnd end = new JavaEnd(Waiting.start(command, () -> VerbsCommand.execute(new PrintWriter(out, true),
            new PrintWriter(err, true), all.toArray(String[]::new))), out, err);
        assertTrue(Waiting.until(Interop.DEADLINE, () -> out.toString().contains(ready) || !end.pending.thread().isAlive())
            && out.toString().contains(ready), end::toString);
        return end;
    }

    void expectEnd(final String line) {
        assertEquals(0, pending.get(Interop.DEADLINE), this::toString);
        assertTrue(out.toString().contains(line), this::toString);
    }

    @Override
    public String toString() {
        return "--- Java stdout\n" + out + "--- Java stderr\n" + err;
    }
}
