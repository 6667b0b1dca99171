package dev.verbs.stream.engine;

import dev.verbs.stream.Query;
import dev.verbs.stream.RecordSource;
import dev.verbs.stream.StreamException;
import dev.verbs.stream.WindowAssigner;
import dev.verbs.stream.WindowResultHandler;
import dev.verbs.stream.exchange.DeltaHandler;
import dev.verbs.stream.exchange.Exchange;
import dev.verbs.stream.progress.WatermarkVector;
import dev.verbs.stream.state.EntryDescriptor;
import dev.verbs.stream.state.OperatorKernel;
import dev.verbs.stream.state.PartialState;
import dev.verbs.stream.state.WindowStore;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One executor of a query: reads its slice into partial state, closes epochs, ships their deltas, merges what others ship to it,
 * and triggers the windows of the keys that it leads. One duty cycle does a little of each and never blocks: without input,
 * credit or a free region it returns 0.
 *
 * <p>Owned by one thread. A failure is final: {@link #state()} is FAILED, {@link #failure()} says why, and no window is
 * triggered any more. Windows that were triggered before are complete and right.
 */
final class StreamWorker implements Agent, DeltaHandler, AutoCloseable {
    /** What a worker is doing. */
    enum State { RUNNING, FINISHED, FAILED }

    private final int id;
    private final WindowAssigner window;
    private final OperatorKernel kernel;
    private final StreamConfig config;
    private final RecordSource source;
    private final Exchange exchange;
    private final WindowResultHandler results;
    private final NanoClock clock;
    private final PartialState partial;
    private final WindowStore windows;
    private final WatermarkVector watermarks;
    private final StreamCounters counters = new StreamCounters();
    private long deadline;
    private long epochRecords;
    private boolean epochFull;
    private boolean ended;
    private boolean started;
    /** Written by the owner, read by the runner: release and acquire come with volatile. */
    private volatile State state = State.RUNNING;
    private StreamException failure;

    StreamWorker(final int id, final int executors, final Query query, final OperatorKernel kernel, final StreamConfig config,
                 final RecordSource source, final Exchange exchange, final WindowResultHandler results, final NanoClock clock) {
        this.id = id;
        this.window = query.window();
        this.kernel = kernel;
        this.config = config;
        this.source = source;
        this.exchange = exchange;
        this.results = results;
        this.clock = clock;
        final int entryBytes = EntryDescriptor.entryBytes(query.aggregate());
        partial = new PartialState(executors, config.partialEntries(), entryBytes);
        windows = new WindowStore(window, config.windowEntries(), entryBytes);
        watermarks = new WatermarkVector(executors);
    }

    @Override
    public String roleName() {
        return "stream-worker-" + id;
    }

    @Override
    public int doWork() {
        if (state != State.RUNNING) {
            return 0;
        }
        try {
            return cycle();
        } catch (final RuntimeException | Error e) { // an Error, too: the run must end with its cause
            fail(e);
            return 1;
        }
    }

    private int cycle() {
        checkDeadline();
        int work = exchange.receive(this, config.receiveLimit());
        work += exchange.send();
        if (partial.isShipping() && !exchange.isShipping()) {
            partial.shipped();
            work++;
        }
        work += read();
        final int triggered = windows.trigger(watermarks.min(), kernel, results);
        counters.windows += triggered;
        if (work + triggered == 0) {
            counters.idle++;
            if (isDone()) {
                state = State.FINISHED;
            }
        }
        return work + triggered;
    }

    private void checkDeadline() {
        final long now = clock.nanoTime();
        if (!started) {
            started = true;
            deadline = now + config.deadlineNs();
        } else if (now - deadline > 0) {
            throw new StreamException("not finished after " + config.deadlineNs() / 1_000_000 + " ms: " + describe());
        }
    }

    private int read() {
        if (ended || epochFull && partial.isShipping()) {
            return 0;
        }
        final long offered = epochFull ? 0 : source.poll(Math.min(config.batchRecords(), config.epochRecords() - epochRecords));
        if (offered == RecordSource.END_OF_STREAM) {
            if (partial.isShipping()) {
                return 0;
            }
            ended = true;
            closeEpoch();
            return 1;
        }
        if (offered > 0) {
            final long done = kernel.aggregate(source.segment(), source.offset(), offered, partial);
            source.consumed(done);
            counters.records += done;
            epochRecords += done;
            epochFull = done < offered || epochRecords == config.epochRecords();
        }
        if (epochFull) {
            if (partial.isShipping()) {
                counters.stalls++;
            } else {
                closeEpoch();
                return 1;
            }
        }
        return offered > 0 ? 1 : 0;
    }

    private void closeEpoch() {
        final long epoch = partial.epoch();
        final long watermark = ended ? WindowAssigner.END_OF_TIME : source.watermark();
        partial.closeEpoch(window.firstOpen(watermark));
        epochFull = false;
        epochRecords = 0;
        counters.epochs++;
        exchange.begin(partial.closing(), epoch, watermark, ended);
        // What it leads itself needs no channel, but goes the same way.
        onPairs(partial.closing().log(), partial.closing().logOffset(id), partial.closing().size(id));
        onEpochEnd(id, watermark);
    }

    @Override
    public void onPairs(final MemorySegment segment, final long offset, final long pairs) {
        kernel.merge(segment, offset, pairs, windows);
        counters.pairs += pairs;
    }

    @Override
    public void onEpochEnd(final int sender, final long watermark) {
        watermarks.advance(sender, watermark);
    }

    private boolean isDone() {
        return ended && watermarks.isEnd() && windows.openWindows() == 0 && !partial.isShipping() && exchange.isComplete();
    }

    private void fail(final Throwable cause) {
        failure = new StreamException("executor " + id + ": " + cause.getMessage(), cause);
        state = State.FAILED;
    }

    private String describe() {
        return (ended ? "its stream has ended" : counters.records + " records read") + ", epoch " + partial.epoch()
            + (partial.isShipping() ? ", waiting for credit to ship the one before" : "") + ", watermarks " + watermarks + ", "
            + windows.openWindows() + " windows open";
    }

    State state() {
        return state;
    }

    StreamException failure() {
        return failure;
    }

    /** The counters, exact once the worker has stopped. */
    StreamCounters counters() {
        counters.late = partial.late();
        counters.buffersSent = exchange.buffersSent();
        counters.bytesSent = exchange.bytesSent();
        return counters;
    }

    /** Frees the state and the exchange. */
    @Override
    public void close() {
        partial.close();
        windows.close();
        exchange.close();
    }
}
