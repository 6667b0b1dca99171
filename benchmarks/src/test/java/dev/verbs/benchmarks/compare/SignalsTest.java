package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void shouldStopAndResume() throws Exception {
        final Process process = new ProcessBuilder("sh", "-c", "read line; echo $line").start();
        final Process gone = new ProcessBuilder("true").start();
        try {
            assertTrue(gone.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
            final List<Long> processes = List.of(gone.pid(), process.pid());
            Signals.stop(processes);
            assertTrue(Stopped.is(process));
            process.outputWriter().append("heard\n").flush();
            assertTrue(Stopped.is(process));
            Signals.resume(processes);
            assertEquals("heard", process.inputReader().readLine());
        } finally {
            process.destroyForcibly();
        }
    }

    /** As when the program that compares is killed while C measures. */
    @Test
    void shouldEndAStoppedHostWithTheThreadThatStartedIt() throws Exception {
        final FutureTask<Process> starting = new FutureTask<>(SignalsTest::stoppedHost);
        final Thread parent = Thread.ofPlatform().start(starting);
        final Process host = starting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        try {
            parent.join(LIMIT);
            assertTrue(host.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "a stopped JVM lives on");
            assertFalse(host.isAlive());
        } finally {
            host.destroyForcibly();
        }
    }

    private static Process stoppedHost() throws IOException {
        final Process host = new ProcessBuilder(Guest.java(PerfHost.class)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertEquals(PerfHost.READY, host.inputReader().readLine());
        Signals.stop(List.of(host.pid()));
        assertTrue(Stopped.is(host) && host.isAlive());
        return host;
    }
}
