package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What C's clients printed in the virtual machine: perftest 4.5, 4096 bytes. */
final class Captured {
    private Captured() {
    }

    static String text(final PerfTest test) throws IOException {
        try (InputStream in = Captured.class.getResourceAsStream(test.tool() + "-4096.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
