package dev.verbs.stream.exchange;

import dev.verbs.stream.state.StateTable;
import dev.verbs.transport.channel.Mesh;

/**
 * An exchange over one-sided write channels: one to and one from every other executor. A delta goes into the slots that there is
 * credit for; without credit the call returns and the next duty cycle goes on.
 */
final class ChannelExchange implements Exchange {
    private final Mesh mesh;
    private final DeltaOutlet[] outlets;
    private final DeltaInlet[] inlets;
    /** Where the next round starts, so that no peer is always first. */
    private int turn;

    ChannelExchange(final Mesh mesh, final int entryBytes) {
        this.mesh = mesh;
        final int peers = mesh.size() - 1;
        outlets = new DeltaOutlet[peers];
        inlets = new DeltaInlet[peers];
        for (int i = 0; i < peers; i++) {
            final int peer = (mesh.self() + 1 + i) % mesh.size();
            outlets[i] = new DeltaOutlet(mesh.to(peer), mesh.self(), peer);
            inlets[i] = new DeltaInlet(mesh.from(peer), peer, entryBytes);
        }
    }

    Mesh mesh() {
        return mesh;
    }

    @Override
    public void begin(final StateTable closed, final long epoch, final long watermark, final boolean endOfStream) {
        for (final DeltaOutlet outlet : outlets) {
            outlet.begin(closed, epoch, watermark, endOfStream);
        }
    }

    @Override
    public boolean isShipping() {
        for (final DeltaOutlet outlet : outlets) {
            if (outlet.isPending()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int send() {
        int work = 0;
        for (int i = 0; i < outlets.length; i++) {
            work += outlets[(turn + i) % outlets.length].send();
        }
        turn++;
        if (turn == outlets.length) {
            turn = 0;
        }
        return work;
    }

    @Override
    public int receive(final DeltaHandler handler, final int limit) {
        int work = 0;
        for (int i = 0; i < inlets.length; i++) {
            work += inlets[i].receive(handler, limit);
        }
        return work;
    }

    @Override
    public boolean isComplete() {
        for (int i = 0; i < outlets.length; i++) {
            if (!outlets[i].isEnded() || !inlets[i].isEnded()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long buffersSent() {
        long sum = 0;
        for (final DeltaOutlet outlet : outlets) {
            sum += outlet.buffers();
        }
        return sum;
    }

    @Override
    public long bytesSent() {
        long sum = 0;
        for (final DeltaOutlet outlet : outlets) {
            sum += outlet.bytes();
        }
        return sum;
    }

    @Override
    public void close() {
        mesh.close();
    }
}
