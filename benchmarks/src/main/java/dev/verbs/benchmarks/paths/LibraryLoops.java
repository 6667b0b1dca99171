package dev.verbs.benchmarks.paths;

import static dev.verbs.benchmarks.paths.BareLoops.LENGTH;
import static dev.verbs.benchmarks.paths.BareLoops.MOST;
import static dev.verbs.benchmarks.paths.BareLoops.WINDOW;

import dev.verbs.CompletionQueue;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.WorkRequests;
import org.openjdk.jmh.annotations.CompilerControl;

/** The loops of loops.c through this library's public interfaces. */
final class LibraryLoops {
    private final QueuePair qp;
    private final QueuePair peer;
    private final CompletionQueue cq;
    private final CompletionQueue peerCq;
    private final SendRequests list;
    private final SendRequests messages;
    private final ReceiveRequests receives;
    private final WorkCompletions completions;
    private final WorkCompletions many;
    private final long local;
    private final long remote;
    private final int lkey;
    private final int rkey;
    private final int flags;
    private final Device device;
    /** What was read, so that it is read. */
    long sum;

    LibraryLoops(final LibrarySide side, final Device device, final int batch, final boolean inline) {
        qp = side.active;
        peer = side.passive;
        cq = side.cq;
        peerCq = side.peerCq;
        list = SendRequests.allocate(side.arena, MOST, 1);
        messages = SendRequests.allocate(side.arena, MOST, 1);
        receives = ReceiveRequests.allocate(side.arena, MOST, 1);
        completions = WorkCompletions.allocate(side.arena, Math.max(1, batch));
        many = WorkCompletions.allocate(side.arena, MOST);
        local = side.local();
        remote = side.remote();
        lkey = side.region.lkey();
        rkey = side.region.rkey();
        flags = inline ? SendFlags.SIGNALED | SendFlags.INLINE : SendFlags.SIGNALED;
        this.device = device;
    }

    private void fill(final int batch, final int from) {
        list.clear();
        for (int id = from; id < from + batch; id++) {
            final long place = (id & WINDOW) << 3;
            list.write(id, local + place, LENGTH, lkey, remote + place, rkey, flags);
        }
    }

    /** Compiled by itself, as a step of an application is: in the middle of a large method HotSpot keeps its counters on the stack. */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void patch(final int batch, final int from) {
        for (int i = 0; i < batch; i++) {
            final long place = ((from + i) & WINDOW) << 3;
            list.patch(i, from + i, local + place, LENGTH, remote + place);
        }
    }

    private void post(final QueuePair to, final SendRequests requests) {
        if (to.postSend(requests) != requests.size()) {
            throw new IllegalStateException(to.explain(requests));
        }
    }

    private static long waited(final int answer, final long since) {
        if (answer < 0) {
            throw new IllegalStateException("the poll answered " + answer);
        }
        return BareLoops.waited(since);
    }

    private long drain(final WorkCompletions into, final int count) {
        return drain(cq, into, count);
    }

    private static long drain(final CompletionQueue from, final WorkCompletions into, final int count) {
        long read = 0;
        long idle = 0;
        int found = 0;
        while (found < count) {
            final int polled = from.poll(into);
            for (int i = 0; i < polled; i++) {
                if (!into.isSuccess(i)) {
                    throw new IllegalStateException(into.describe(i));
                }
                read += into.wrId(i) & WINDOW;
            }
            if (polled <= 0) {
                idle = waited(polled, idle);
            }
            found += polled;
        }
        return read;
    }

    long post(final int batch, final int count, final Way way) {
        fill(batch, 0);
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            if (way == Way.PATCHED) {
                patch(batch, id);
            } else if (way == Way.BUILT) {
                fill(batch, id);
            }
            list.rewind();
            post(qp, list);
        }
        final long taken = System.nanoTime() - start;
        sum += drain(many, count);
        return taken;
    }

    long wr(final int batch, final int count) {
        final ExtendedQueuePair extended = (ExtendedQueuePair)qp;
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            extended.start();
            for (int i = 0; i < batch; i++) {
                final long place = ((id + i) & WINDOW) << 3;
                extended.write(id + i, remote + place, rkey, SendFlags.SIGNALED);
                extended.local(local + place, LENGTH, lkey);
            }
            final int posted = extended.complete();
            if (posted != batch) {
                throw new IllegalStateException("complete answered " + posted);
            }
        }
        final long taken = System.nanoTime() - start;
        sum += drain(many, count);
        return taken;
    }

    long receive(final int batch, final int count) {
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            receives.clear();
            for (int i = 0; i < batch; i++) {
                receives.receive(id + i, local + (((id + i) & WINDOW) << 3), LENGTH, lkey);
            }
            if (qp.postReceive(receives) != batch) {
                throw refused(receives);
            }
        }
        final long taken = System.nanoTime() - start;
        for (int id = 0; device.peerSends() && id < count; id += MOST) {
            messages.clear();
            for (int i = id; i < Math.min(count, id + MOST); i++) {
                messages.send(i, remote, LENGTH, lkey, SendFlags.SIGNALED);
            }
            post(peer, messages);
        }
        sum += drain(many, count) + (device.peerSends() ? drain(peerCq, many, count) : 0);
        return taken;
    }

    private static IllegalStateException refused(final WorkRequests requests) {
        return new IllegalStateException(requests.explain());
    }

    long round(final int batch, final int count) {
        fill(batch, 0);
        long read = 0;
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            patch(batch, id);
            list.rewind();
            post(qp, list);
            read += drain(completions, batch);
        }
        final long taken = System.nanoTime() - start;
        sum += read;
        return taken;
    }

    private void postMany(final int count) {
        for (int id = 0; id < count; id += MOST) {
            fill(Math.min(MOST, count - id), id);
            post(qp, list);
        }
    }

    /** A batch of 0 polls the empty queue so many times. */
    long poll(final int batch, final int count) throws InterruptedException {
        if (batch == 0) {
            final long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                if (cq.poll(many) != 0) {
                    throw new IllegalStateException("the queue was not empty");
                }
            }
            return System.nanoTime() - start;
        }
        postMany(count);
        device.settle();
        final long start = System.nanoTime();
        final long read = drain(completions, count);
        final long taken = System.nanoTime() - start;
        sum += read;
        return taken;
    }

    /** Looks at the empty queue so many times, {@code batch} times per call. */
    long spin(final int batch, final int count) {
        final long start = System.nanoTime();
        for (int i = 0; i < count; i += batch) {
            if (cq.poll(many, batch) != 0) {
                throw new IllegalStateException("the queue was not empty");
            }
        }
        return System.nanoTime() - start;
    }

    long pollEx(final int batch, final int count) throws InterruptedException {
        final ExtendedCompletionQueue extended = (ExtendedCompletionQueue)cq;
        postMany(count);
        device.settle();
        long idle = 0;
        long read = 0;
        final long start = System.nanoTime();
        int found = 0;
        while (found < count) {
            int result = extended.startPoll();
            if (result <= 0) {
                idle = waited(result, idle);
                continue;
            }
            for (int i = 1; result > 0; i++) {
                if (!extended.isSuccess()) {
                    throw new IllegalStateException(extended.reason());
                }
                read += (extended.wrId() & WINDOW) + extended.byteLength();
                found++;
                if (i == batch) {
                    break;
                }
                result = extended.nextPoll();
            }
            if (result < 0) {
                throw new IllegalStateException("the poll answered " + result);
            }
            extended.endPoll();
        }
        final long taken = System.nanoTime() - start;
        sum += read;
        return taken;
    }
}
