package dev.verbs.examples.perf;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the JIT compilers of this JVM do, as far as it disturbs a measurement on processors that they share with it. One thread.
 */
public final class Compilers {
    private static final long NAP_NS = 10_000_000;
    private static final int SETTLED = 2;
    private static final Duration MOST = Duration.ofMinutes(1);

    private Compilers() {
    }

    /**
     * Waits until they have nothing left to do, or for a minute: what they do now, they would do while something is measured. Looks
     * twice, as looking is compiled, too.
     */
    public static void settle() {
        final long until = System.nanoTime() + MOST.toNanos();
        for (int idle = areIdle() ? 1 : 0; idle < SETTLED && until - System.nanoTime() > 0; idle = areIdle() ? idle + 1 : 0) {
            LockSupport.parkNanos(NAP_NS);
        }
    }

    /** Milliseconds that they have worked since the start, of what is compiled to the end; 0 where there are none. */
    static long spentMs() {
        final CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
        return bean == null || !bean.isCompilationTimeMonitoringSupported() ? 0 : bean.getTotalCompilationTime();
    }

    private static boolean areIdle() {
        return isIdle(queue());
    }

    /** Whether nothing is said to be compiled or to wait for it: there are headings, which end with a colon, and "Empty". */
    static boolean isIdle(final String queue) {
        return queue.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.equals("Empty") || line.endsWith(":"));
    }

    /** As {@code jcmd PID Compiler.queue} prints it; "" where a JVM does not tell. */
    static String queue() {
        try {
            return (String)ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerQueue", new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        } catch (final JMException e) {
            return ""; // this JVM does not tell: there is nothing to wait for
        }
    }
}
