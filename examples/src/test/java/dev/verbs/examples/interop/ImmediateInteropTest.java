package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcOpcode;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same numbers on both sides: immediates, addresses and keys between Java and {@code src/test/c/imm_peer.c}, which is
 * compiled here and prints what it saw.
 */
@ExtendWith(RealDevice.class)
class ImmediateInteropTest extends VerbsTest {
    private static final int FROM_C = 0x12345678;
    private static final int LAST_FROM_C = 0x89abcdef;
    private static final int SENT = 0xcafebabe;
    private static final int WRITTEN = 0x01020304;
    private static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE;
    private static final ValueLayout.OfLong BE_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt BE_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long WHERE = 16;
    /** The region: words to send, words received, what C writes, what C shall get. */
    private static final long IN = 16;
    private static final long TARGET = 1024;
    private static final long TEXT = 2048;

    private static Path peer;

    private QueuePair qp;
    private CompletionQueue cq;
    private MemoryRegion region;
    private MemorySegment memory;
    private SendRequests sends;
    private WorkCompletions completions;

    @BeforeAll
    static void compile(@TempDir final Path directory) throws IOException, URISyntaxException {
        if (TestProvider.isSoft()) {
            return; // every test is skipped
        }
        if (!Files.exists(Path.of("/usr/include/rdma/rdma_cma.h")) && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("no headers to compile the C peer with: apt install libibverbs-dev librdmacm-dev");
        }
        // target/test-classes is beside src
        final Path classes = Path.of(ImmediateInteropTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        final Path source = classes.resolve("../../src/test/c/imm_peer.c").normalize();
        peer = directory.resolve("imm_peer");
        try (CProcess gcc = CProcess.start(CProcess.tool("gcc", "gcc libc6-dev"), "-Wall", "-Wextra", "-Werror", "-o", peer.toString(),
            source.toString(), "-lrdmacm", "-libverbs")) {
            assertEquals(0, gcc.await(Interop.DEADLINE), () -> "apt install libibverbs-dev librdmacm-dev, if headers are missing: " + gcc);
        }
    }

    @BeforeEach
    void prepare() {
        final Arena arena = own(Arena.ofShared());
        final Context context = openContext();
        assume(context.device().guarantees().hasImmediate(), context, "immediates");
        final ProtectionDomain pd = own(context.allocateProtectionDomain());
        cq = own(context.createCompletionQueue(16));
        memory = arena.allocate(4096, 64);
        region = own(pd.registerMemory(memory, ACCESS));
        qp = own(pd.createQueuePair(QueuePairConfig.rc(cq, 4, 4)));
        sends = SendRequests.allocate(arena, 1, 1);
        completions = WorkCompletions.allocate(arena, 1);
        final PortSelection port = choosePort(context);
        RcEndpoint.init(qp, port, ACCESS);
        final ReceiveRequests receives = ReceiveRequests.allocate(arena, 2, 1);
        receives.receive(1, region.address() + IN, WHERE, region.lkey());
        receives.add(2);
        assertEquals(2, qp.postReceive(receives));
    }

    private void await(final long wrId, final WcOpcode opcode) {
        next();
        assertCompleted(wrId, opcode);
    }

    private void next() {
        assertEquals(1, cq.poll(completions, Interop.DEADLINE), "no completion");
    }

    private void assertCompleted(final long wrId, final WcOpcode opcode) {
        assertTrue(completions.isSuccess(0), () -> completions.describe(0));
        assertEquals(wrId, completions.wrId(0), () -> completions.describe(0));
        assertEquals(opcode, completions.opcode(0), () -> completions.describe(0));
    }

    private void assertImmediate(final int expected) {
        assertTrue(completions.hasImmediate(0));
        assertEquals(Integer.toHexString(expected), Integer.toHexString(completions.immediate(0)));
    }

    private static void assertPrinted(final CProcess c, final String format, final Object... values) {
        final String line = String.format(Locale.ROOT, format, values);
        assertTrue(c.output().lines().anyMatch(line::equals), () -> "C did not print '" + line + "': " + c);
    }

    @Test
    void shouldAgreeWithCOnImmediatesAddressesAndKeys() {
        final PortSelection port = choosePort(qp.protectionDomain().context());
        final CmListener listener = own(CmListener.bind(provider(), new InetSocketAddress(port.gid().gid().address(), 0), 1));
        try (CProcess c = CProcess.start(peer.toString(), listener.address().getAddress().getHostAddress(),
            "" + listener.address().getPort())) {
            final CmRequest request = listener.await(Interop.DEADLINE);
            assertNotNull(request, c::toString);
            try (CmConnection connection = request.accept(qp, ConnectionParameters.DEFAULT.raw(new byte[0]), Interop.DEADLINE)) {
                converse();
                // answers C's goodbye, for which C waits
                assertTrue(connection.awaitDisconnect(Interop.DEADLINE), c::toString);
            }
            assertEquals(0, c.await(Interop.DEADLINE), c::toString);
            final long address = memory.get(BE_LONG, IN);
            final int rkey = memory.get(BE_INT, IN + 8);
            assertPrinted(c, "own addr 0x%016x rkey 0x%08x", address, rkey);
            assertEquals(4096, memory.get(BE_INT, IN + 12));
            assertPrinted(c, "send imm 0x%08x len %d", SENT, WHERE);
            assertPrinted(c, "java addr 0x%016x rkey 0x%08x length %d", region.address() + TARGET, region.rkey(), 7);
            assertPrinted(c, "write imm 0x%08x len %d", WRITTEN, 10);
            assertPrinted(c, "text from Java");
            assertPrinted(c, "done");
            assertEquals("from C", memory.getString(TARGET));
            System.out.println("imm_peer: 4 immediates, 2 addresses and 2 keys were the same numbers in C and in Java");
        }
    }

    private void converse() {
        await(1, WcOpcode.RECV);
        assertImmediate(FROM_C);
        assertEquals(WHERE, completions.byteLength(0));
        final long address = memory.get(BE_LONG, IN);
        final int rkey = memory.get(BE_INT, IN + 8);

        memory.set(BE_LONG, 0, region.address() + TARGET);
        memory.set(BE_INT, 8, region.rkey());
        memory.set(BE_INT, 12, 7);
        sends.clear().sendWithImm(3, region.address(), WHERE, region.lkey(), SENT, SendFlags.SIGNALED);
        assertEquals(1, qp.postSend(sends));
        await(3, WcOpcode.SEND);

        memory.setString(TEXT, "from Java");
        sends.clear().writeWithImm(4, region.address() + TEXT, 10, region.lkey(), address, rkey, WRITTEN, SendFlags.SIGNALED);
        assertEquals(1, qp.postSend(sends));
        // C answers as soon as it has seen the write, maybe before its acknowledgement is here
        next();
        final boolean answered = completions.wrId(0) == 2;
        if (answered) {
            assertAnswer();
            next();
        }
        assertCompleted(4, WcOpcode.RDMA_WRITE);
        if (!answered) {
            next();
            assertAnswer();
        }
    }

    private void assertAnswer() {
        assertCompleted(2, WcOpcode.RECV_RDMA_WITH_IMM);
        assertImmediate(LAST_FROM_C);
        assertEquals(7, completions.byteLength(0));
    }
}
