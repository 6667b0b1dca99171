package dev.verbs.benchmarks;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a list of RDMA writes of 8 bytes costs from its post to the poll of its one completion, and what an empty poll costs.
 * Per list, not per request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class PostPollBenchmark {
    /** The provider. */
    @Param("soft")
    public String provider;

    /** Requests of a list. */
    @Param({"1", "4", "16", "64"})
    public int batch;

    private LoopbackPair pair;
    private SendRequests requests;
    private WorkCompletions completions;

    /** Connects the pair and prepares the list. */
    @Setup(Level.Trial)
    public void open() {
        pair = new LoopbackPair(provider, 1 << 16);
        requests = SendRequests.allocate(pair.arena, batch, 1);
        completions = WorkCompletions.allocate(pair.arena, 16);
        final long local = pair.region.address();
        for (int i = 0; i < batch; i++) {
            requests.write(i, local, 8, pair.region.lkey(), local + 4096 + 8L * i, pair.region.rkey(),
                i == batch - 1 ? SendFlags.SIGNALED : 0);
        }
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
        pair.close();
    }

    /**
     * Posts the list and polls until its completion is there.
     *
     * @return completions polled
     */
    @Benchmark
    public int writeAndPoll() {
        requests.rewind();
        final int accepted = pair.active.postSend(requests);
        if (accepted != batch) {
            throw new IllegalStateException("accepted " + accepted + " of " + batch + ", errno " + requests.errno());
        }
        int polled = pair.cq.poll(completions);
        while (polled == 0) {
            Thread.onSpinWait();
            polled = pair.cq.poll(completions);
        }
        if (!completions.isSuccess(0)) {
            throw new IllegalStateException(completions.describe(0));
        }
        return polled;
    }

    /**
     * Polls an empty queue.
     *
     * @return 0
     */
    @Benchmark
    public int pollEmpty() {
        return pair.cq.poll(completions);
    }
}
