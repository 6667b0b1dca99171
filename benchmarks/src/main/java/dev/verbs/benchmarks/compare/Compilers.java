package dev.verbs.benchmarks.compare;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the compilers of this JVM do, as far as it disturbs a measurement on the processor that they share with it. One thread. */
class Compilers {
    private static final long NAP_NS = 50_000_000;
    private static final long NAPS = 1200;
    private static final int SETTLED = 2;
    /** What does not count: a command's beginning and end run code that is seldom called. */
    private static final long LITTLE_MS = 20;

    private long spentMs;

    /** Begins to watch. */
    void watch() {
        spentMs = spentMs();
    }

    /** Whether they had much to do since, or have now. */
    boolean haveWorked() {
        return !isIdle(queue()) || spentMs() - spentMs > LITTLE_MS;
    }

    /** Waits until they have nothing left to do, or for a minute: what they do now, they would do while the next is measured. */
    void settle() {
        int idle = 0;
        for (int nap = 0; idle < SETTLED && nap < NAPS; nap++) {
            LockSupport.parkNanos(NAP_NS);
            idle = isIdle(queue()) ? idle + 1 : 0;
        }
    }

    /** Of what has been compiled to the end. */
    private static long spentMs() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    /** Whether nothing is said to be compiled or to wait for it: there are headings, which end with a colon, and "Empty". */
    static boolean isIdle(final String queue) {
        return queue.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.equals("Empty") || line.endsWith(":"));
    }

    /** As {@code jcmd PID Compiler.queue} prints it. */
    static String queue() {
        try {
            return (String)ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerQueue", new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        } catch (final JMException e) {
            throw new IllegalStateException("this JVM does not tell what it compiles", e);
        }
    }
}
