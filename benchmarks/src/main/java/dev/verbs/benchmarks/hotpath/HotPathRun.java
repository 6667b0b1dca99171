package dev.verbs.benchmarks.hotpath;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JVM's share: warms each loop up, then prints {@code way batch ns-per-request} for every round. */
final class HotPathRun {
    private static final int[] BATCHES = {1, 4, 16, 64};

    private final Target target;
    private final Loops java;
    private final CLibrary library;
    private final MethodHandle cList;
    private final MethodHandle cWr;
    private final MethodHandle cPoll;
    private final MethodHandle cPollEx;
    private final MemorySegment struct;

    private HotPathRun(final CLibrary library, final Target target) {
        this.library = library;
        this.target = target;
        this.java = new Loops(target);
        this.struct = target.struct();
        this.cList = library.function("loop_list",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT));
        this.cWr = library.function("loop_wr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG));
        this.cPoll = library.function("loop_poll", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_LONG));
        this.cPollEx = library.function("loop_poll_ex", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_LONG));
    }

    /** Arguments: the device, {@code noop} or a name; requests of one round; rounds of warm-up; rounds that count. */
    public static void main(final String[] args) {
        final CLibrary library = CLibrary.load();
        final Target target = Target.open(library, args[0]);
        new HotPathRun(library, target).run(Long.parseLong(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    private interface Loop {
        void run(int batch, long rounds) throws Throwable;
    }

    private Map<String, Loop> ways() {
        final MemorySegment cq = target.isReal() ? target.cq() : MemorySegment.NULL;
        final Map<String, Loop> ways = new LinkedHashMap<>();
        ways.put("c:list", (batch, rounds) -> check((long)cList.invokeExact(target.qp(), cq, struct, batch, rounds, 0)));
        ways.put("c:patch", (batch, rounds) -> check((long)cList.invokeExact(target.qp(), cq, struct, batch, rounds, 1)));
        ways.put("c:refill", (batch, rounds) -> check((long)cList.invokeExact(target.qp(), cq, struct, batch, rounds, 2)));
        ways.put("c:wr", (batch, rounds) -> check((long)cWr.invokeExact(target.qp(), cq, struct, batch, rounds)));
        ways.put("java:list", java::list);
        ways.put("java:patch", java::patched);
        ways.put("java:refill", java::refilled);
        ways.put("java:wr", java::wr);
        if (!target.isReal()) {
            ways.put("c:poll", (batch, rounds) -> check((long)cPoll.invokeExact(target.cq(), batch, rounds)));
            ways.put("c:pollex", (batch, rounds) -> check((long)cPollEx.invokeExact(target.cq(), batch, rounds)));
            ways.put("java:poll", (batch, rounds) -> check(java.poll(batch, rounds)));
            ways.put("java:pollex", (batch, rounds) -> check(java.pollEx(batch, rounds)));
        }
        return ways;
    }

    private void run(final long requests, final int warmups, final int counted) {
        final Map<String, Loop> ways = ways();
        for (int round = 0; round < warmups + counted; round++) {
            for (final int batch : BATCHES) {
                for (final Map.Entry<String, Loop> way : ways.entrySet()) {
                    final double ns = measure(way.getKey(), way.getValue(), batch, requests);
                    if (round >= warmups) {
                        System.out.println(way.getKey() + " " + batch + " " + ns);
                    }
                }
            }
        }
    }

    private double measure(final String name, final Loop loop, final int batch, final long requests) {
        final long rounds = Math.max(1, requests / batch);
        final long before = target.isReal() ? 0 : library.number("noop_requests") + library.number("noop_completions");
        final long start = System.nanoTime();
        try {
            loop.run(batch, rounds);
        } catch (final Throwable t) {
            throw new IllegalStateException(name + " with batches of " + batch, t);
        }
        final long elapsed = System.nanoTime() - start;
        if (!target.isReal()) {
            final long seen = library.number("noop_requests") + library.number("noop_completions") - before;
            if (seen != rounds * batch || library.number("noop_bytes") != Loops.LENGTH * library.number("noop_requests")) {
                throw new IllegalStateException(name + ": " + seen + " of " + rounds * batch + " arrived");
            }
        }
        return (double)elapsed / (rounds * batch);
    }

    private static void check(final long result) {
        if (result < 0) {
            throw new IllegalStateException("the loop answered " + result);
        }
    }
}
