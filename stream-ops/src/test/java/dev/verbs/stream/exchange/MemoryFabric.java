package dev.verbs.stream.exchange;

import dev.verbs.stream.state.StateTable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

/** An exchange without a network: bounded queues of buffers, with credits that a seed withholds now and then. */
public final class MemoryFabric {
    private final Deque<byte[]>[][] queues;
    private final int slots;
    private final int slotBytes;
    private final int entryBytes;
    private final Random random;

    @SuppressWarnings({"unchecked", "rawtypes"})
    public MemoryFabric(final int executors, final int slots, final int slotBytes, final int entryBytes, final Random random) {
        queues = new Deque[executors][executors];
        for (final Deque[] row : queues) {
            for (int i = 0; i < executors; i++) {
                row[i] = new ArrayDeque<>();
            }
        }
        this.slots = slots;
        this.slotBytes = slotBytes;
        this.entryBytes = entryBytes;
        this.random = random;
    }

    /** Takes the oldest buffer off the way: a loss. */
    public boolean lose(final int from, final int to) {
        return queues[from][to].poll() != null;
    }

    public Exchange exchange(final int self) {
        return new MemoryExchange(self);
    }

    private final class MemoryExchange implements Exchange {
        private final int self;
        private final DeltaWriter[] writers = new DeltaWriter[queues.length];
        private final DeltaReader[] readers = new DeltaReader[queues.length];
        private long buffers;
        private long bytes;

        MemoryExchange(final int self) {
            this.self = self;
            for (int i = 0; i < queues.length; i++) {
                writers[i] = new DeltaWriter(self, i);
                readers[i] = new DeltaReader(i, entryBytes);
            }
        }

        @Override
        public void begin(final StateTable closed, final long epoch, final long watermark, final boolean endOfStream) {
            for (int i = 0; i < writers.length; i++) {
                if (i != self) {
                    writers[i].begin(closed, epoch, watermark, endOfStream);
                }
            }
        }

        @Override
        public boolean isShipping() {
            for (final DeltaWriter writer : writers) {
                if (writer.isPending()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int send() {
            int work = 0;
            for (int i = 0; i < writers.length; i++) {
                while (writers[i].isPending() && queues[self][i].size() < slots && random.nextInt(4) != 0) {
                    final byte[] slot = new byte[slotBytes];
                    final long length = writers[i].fill(MemorySegment.ofArray(slot), 0, slotBytes);
                    queues[self][i].add(Arrays.copyOf(slot, (int) length));
                    buffers++;
                    bytes += length;
                    work++;
                }
            }
            return work;
        }

        @Override
        public int receive(final DeltaHandler handler, final int limit) {
            int work = 0;
            for (int i = 0; i < readers.length; i++) {
                for (int taken = 0; taken < limit && !queues[i][self].isEmpty() && random.nextInt(4) != 0; taken++) {
                    final byte[] slot = queues[i][self].poll();
                    readers[i].accept(MemorySegment.ofArray(slot), 0, slot.length, handler);
                    work++;
                }
            }
            return work;
        }

        @Override
        public boolean isComplete() {
            for (int i = 0; i < readers.length; i++) {
                if (i != self && (!readers[i].isEnded() || !queues[self][i].isEmpty() || writers[i].isPending())) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public long buffersSent() {
            return buffers;
        }

        @Override
        public long bytesSent() {
            return bytes;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
