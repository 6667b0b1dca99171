package dev.verbs.examples.tools;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.NodeType;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.WorkRequests;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.examples.CloseStack;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reliable connection of a device with itself: a send, a write and a read of some pages, each byte checked. */
final class LoopbackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BYTES = 16_384;
    private static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ;
    private static final int MAC_LENGTH = 6;

    private final MemorySegment memory;
    private final MemoryRegion region;
    private final CompletionQueue cq;
    private final QueuePair a;
    private final QueuePair b;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private final WorkCompletions completions;

    private LoopbackTest(final Context context, final Arena arena, final CloseStack stack) {
        final ProtectionDomain domain = stack.add(context.allocateProtectionDomain());
        memory = arena.allocate(3 * BYTES, 4096);
        region = stack.add(domain.registerMemory(memory, ACCESS));
        cq = stack.add(context.createCompletionQueue(8));
        a = stack.add(domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4)));
        b = stack.add(domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4)));
        sends = SendRequests.allocate(arena, 1, 1);
        receives = ReceiveRequests.allocate(arena, 1, 1);
        completions = WorkCompletions.allocate(arena, 1);
    }

    /** Returns what was done, in words; throws if it was not done right. */
    static String run(final VerbsProvider provider, final Context context, final PortOptions options) {
        final PortSelection port = PortSelection.choose(context, options);
        final boolean byModify = context.device().guarantees().connectsByModify();
        try (Arena arena = Arena.ofShared(); CloseStack stack = new CloseStack()) {
            final LoopbackTest test = new LoopbackTest(context, arena, stack);
            if (byModify) {
                RcEndpoint.connectPair(test.a, test.b, port, ACCESS);
            } else {
                test.connect(provider, provider.isEmulated() ? new InetSocketAddress(0).getAddress() : address(context, port), stack);
            }
            test.exchange();
        }
        return "send, write and read of " + BYTES + " bytes verified, connected by " + (byModify ? "modify" : "the connection manager");
    }

    private void connect(final VerbsProvider provider, final InetAddress address, final CloseStack stack) {
        final CmListener listener = stack.add(CmListener.bind(provider, new InetSocketAddress(address, 0), 1));
        final FutureTask<CmConnection> connector = new FutureTask<>(() -> CmConnection.connect(provider, listener.address(), a,
            ConnectionParameters.DEFAULT, PATIENCE));
        Thread.ofPlatform().daemon().name("connector").start(connector);
        final CmRequest request = listener.await(PATIENCE);
        if (request == null) {
            throw new IllegalStateException("no connection request came to " + listener.address());
        }
        final CmConnection passive = stack.add(request.accept(b, ConnectionParameters.DEFAULT, PATIENCE));
        try {
            final CmConnection active = stack.add(connector.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            final AutoCloseable both = () -> { // both, before one closes: an end that closes alone waits for the other
                active.disconnect();
                passive.disconnect();
            };
            stack.add(both);
        } catch (final ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException("not connected: " + e.getMessage(), e);
        }
    }

    /** Where the connection manager finds a port: its GID on RoCE; on iWARP the GID is the MAC of an interface. */
    private static InetAddress address(final Context context, final PortSelection port) {
        if (context.device().nodeType() != NodeType.RNIC) {
            return port.gid().gid().address();
        }
        final byte[] mac = Arrays.copyOf(port.gid().gid().bytes(), MAC_LENGTH);
        try {
            return NetworkInterface.networkInterfaces().filter(each -> hasMac(each, mac)).flatMap(NetworkInterface::inetAddresses)
                .min((x, y) -> x.getAddress().length - y.getAddress().length)
                .orElseThrow(() -> new IllegalStateException("the network interface of " + context.device().name()
                    + " has no IP address: ip addr add ..."));
        } catch (final SocketException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static boolean hasMac(final NetworkInterface netInterface, final byte[] mac) {
        try {
            return Arrays.equals(mac, netInterface.getHardwareAddress());
        } catch (final SocketException e) {
            return false;
        }
    }

    private void exchange() {
        final long to = region.address() + BYTES;
        fill(1);
        receives.clear().receive(1, to, BYTES, region.lkey());
        check(b.postReceive(receives), "post a receive", b, receives);
        sends.clear().send(2, region.address(), BYTES, region.lkey(), SendFlags.SIGNALED);
        check(a.postSend(sends), "post a send", a, sends);
        await("send");
        await("receive");
        compare("send", BYTES, 1);
        fill(2);
        sends.clear().write(3, region.address(), BYTES, region.lkey(), to, region.rkey(), SendFlags.SIGNALED);
        check(a.postSend(sends), "post a write", a, sends);
        await("write");
        compare("write", BYTES, 2);
        sends.clear().read(4, region.address() + 2 * BYTES, BYTES, region.lkey(), to, region.rkey(), SendFlags.SIGNALED);
        check(a.postSend(sends), "post a read", a, sends);
        await("read");
        compare("read", 2 * BYTES, 2);
    }

    private static void check(final int accepted, final String what, final QueuePair qp, final WorkRequests requests) {
        if (accepted != 1) {
            throw new IllegalStateException("cannot " + what + ": " + qp.explain(requests));
        }
    }

    private void fill(final int seed) {
        for (int i = 0; i < BYTES; i++) {
            memory.set(ValueLayout.JAVA_BYTE, i, (byte)(i * 31 + seed));
        }
    }

    private void await(final String what) {
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        int count = cq.poll(completions);
        while (count == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("no completion of a " + what + " in " + PATIENCE.toSeconds() + " s");
            }
            Thread.yield();
            count = cq.poll(completions);
        }
        if (count < 0 || completions.status(0) != WcStatus.SUCCESS) {
            throw new IllegalStateException("the " + what + " failed: " + (count < 0 ? "the queue failed" : completions.describe(0)));
        }
    }

    /** A completed write may not have been placed yet (iWARP). */
    private void compare(final String what, final long offset, final int seed) {
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < BYTES; i++) {
            final byte wanted = (byte)(i * 31 + seed);
            while (memory.get(ValueLayout.JAVA_BYTE, offset + i) != wanted) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("byte " + i + " of the " + what + " is "
                        + memory.get(ValueLayout.JAVA_BYTE, offset + i) + ", not " + wanted);
                }
                Thread.onSpinWait();
            }
        }
    }
}
