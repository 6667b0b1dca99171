package dev.verbs.benchmarks.softspeed;

import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Messages of 64 bytes from a thread that sends to a thread that posts receives and polls them. The receiver says how many receives
 * it has posted in a word that the sender looks at, so that no send finds none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
    private static final int BYTES = 64;
    private static final int BATCH = 32;
    private static final int MESSAGES = 1024;
    private static final VarHandle CREDIT;

    static {
        try {
            CREDIT = MethodHandles.lookup().findVarHandle(MessageBenchmark.class, "credit", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private SpeedPair pair;
    private SendRequests sends;
    private ReceiveRequests receives;
    private Partner receiver;
    private long sent;
    private long received;
    private long posted;
    /** Receives posted so far; written by the receiver with release. */
    @SuppressWarnings("unused") // through the handle
    private long credit;

    /** Connects, prepares the requests, starts the receiver. */
    @Setup(Level.Trial)
    public void open() {
        Processor.take(0);
        pair = new SpeedPair(BATCH * BYTES);
        sends = SendRequests.allocate(pair.arena, BATCH, 1);
        receives = ReceiveRequests.allocate(pair.arena, BATCH, 1);
        for (int i = 0; i < BATCH; i++) {
            sends.send(i, pair.active.region.address() + i * BYTES, BYTES, pair.active.region.lkey(),
                i == BATCH - 1 ? SendFlags.SIGNALED : 0);
            receives.receive(i, pair.passive.region.address() + i * BYTES, BYTES, pair.passive.region.lkey());
        }
        while (posted < SpeedPair.DEPTH) {
            postReceives();
        }
        receiver = new Partner(this::receive);
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
        receiver.close();
        pair.close();
    }

    private void postReceives() {
        receives.rewind();
        final int accepted = pair.passive.qp.postReceive(receives);
        if (accepted != BATCH) {
            throw new IllegalStateException("accepted " + accepted + " receives, errno " + receives.errno());
        }
        posted += BATCH;
        CREDIT.setRelease(this, posted); // pairs with the sender's look
    }

    private void receive(final int messages) {
        final long until = received + messages;
        while (received < until) {
            final int count = pair.passive.poll();
            received += count;
            if (count == 0) {
                pair.passive.spin.once();
            } else {
                pair.passive.spin.end();
            }
            while (posted - received <= SpeedPair.DEPTH - BATCH) {
                postReceives();
            }
        }
    }

    /**
     * Sends and receives, in lists of 32.
     *
     * @param samples takes the times
     */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void send64(final Samples samples) {
        final long start = samples.begin();
        receiver.begin(MESSAGES);
        final long until = sent + MESSAGES;
        int unpolled = 0;
        while (sent < until) {
            while ((long)CREDIT.getAcquire(this) - sent < BATCH) { // pairs with postReceives
                pair.active.spin.once();
            }
            pair.active.spin.end();
            pair.active.post(sends);
            sent += BATCH;
            unpolled++;
            unpolled -= pair.active.poll();
        }
        while (unpolled > 0) {
            unpolled -= pair.active.await();
        }
        samples.end(start, MESSAGES, receiver.await());
    }
}
