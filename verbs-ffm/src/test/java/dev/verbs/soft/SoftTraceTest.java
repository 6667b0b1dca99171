package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressHandle;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.UdEndpoint;
import dev.verbs.Verbs;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmId;
import dev.verbs.cm.PortSpace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trace says, that it says it twice in the same words, and where it is written. */
class SoftTraceTest {
    private static final Pattern LINE = Pattern.compile("(\\d{15}) (\\S+) +(\\S+) +(\\S+) +(\\S.*)");
    private static final Duration LONG = Duration.ofSeconds(5);

    private final List<String> lines = new ArrayList<>();

    private SoftPair pair() {
        return new SoftPair(RcTuning.DEFAULT.withRetries(14, 2, 1), SoftProfile.STRICT, lines::add);
    }

    private static List<String> of(final List<String> lines, final String event) {
        return lines.stream().filter(line -> event.equals(group(line, 4))).toList();
    }

    private static String group(final String line, final int number) {
        final Matcher matcher = LINE.matcher(line);
        assertTrue(matcher.matches(), line);
        return matcher.group(number);
    }

    private List<String> details(final String event) {
        return of(lines, event).stream().map(line -> group(line, 3) + " " + group(line, 5)).toList();
    }

    @Test
    void shouldTellARequestFromPostToCompletion() {
        try (SoftPair pair = pair()) {
            lines.clear();
            pair.clock().advance(250);
            pair.a().write(7, 16, 64, pair.b(), 128);
            pair.a().expect(7, WcStatus.SUCCESS);
            assertEquals(List.of(
                "000000000000250 soft QP17       post     RDMA_WRITE wr_id=7 bytes=64 flags=SIGNALED from=region#1+16:64",
                "000000000000250 soft QP17       transfer RDMA_WRITE to=QP18 bytes=64 psn=16777214 from=region#1+16:64 "
                    + "into=region#2+128:64",
                "000000000000250 soft QP17       complete send wr_id=7 SUCCESS RDMA_WRITE bytes=64 cq=cq#1"), lines);
        }
    }

    @Test
    void shouldTellASendThatWaitsForItsReceive() {
        try (SoftPair pair = pair()) {
            lines.clear();
            pair.a().send(1, 0, 8);
            pair.b().receive(5, 100, 32);
            pair.a().expect(1, WcStatus.SUCCESS);
            pair.b().expect(5, WcStatus.SUCCESS);
            assertEquals(List.of("post", "wait", "post", "transfer", "complete", "complete"),
                lines.stream().map(line -> group(line, 4)).toList());
            assertEquals(List.of("QP17 ns=640000 reason=no receive is posted on QP 18"), details("wait"));
            assertEquals(List.of("QP17 SEND to=QP18 bytes=8 psn=16777214 from=region#1+0:8 into=region#2+100:8"), details("transfer"));
            assertEquals(List.of("QP18 recv wr_id=5 SUCCESS RECV bytes=8 cq=cq#2", "QP17 send wr_id=1 SUCCESS SEND bytes=8 cq=cq#1"),
                details("complete"));
        }
    }

    @Test
    void shouldTellARefusalOnBothSides() {
        try (SoftPair pair = pair()) {
            pair.b().receive(5, 0, 8);
            lines.clear();
            pair.a().write(1, 0, 8, pair.b(), 65_530);
            pair.a().expect(1, WcStatus.REM_ACCESS_ERR);
            final String reason = "refusal=1 reason=rkey 0x" + Integer.toHexString(pair.b().region.rkey())
                + " names region#2 of 65536 bytes: 8 bytes from offset 65530 end 2 bytes behind it";
            assertEquals(List.of("QP18 QP_ACCESS_ERR"), details("async"));
            assertEquals(List.of("QP18 RTS -> ERR " + reason, "QP17 RTS -> ERR " + reason), details("state"));
            assertTrue(details("complete").contains("QP17 send wr_id=1 REM_ACCESS_ERR cq=cq#1 " + reason), lines::toString);
            assertTrue(details("complete").contains("QP18 recv wr_id=5 WR_FLUSH_ERR cq=cq#2 " + reason), lines::toString);
            assertEquals(List.of(), details("transfer"));
        }
    }

    @Test
    void shouldTellARefusedPost() {
        try (SoftPair pair = pair()) {
            lines.clear();
            final SoftPair.End a = pair.a();
            a.sends.clear();
            a.sends.addLocal(a.sends.add(9, WrOpcode.ATOMIC_FETCH_AND_ADD.code(), SendFlags.SIGNALED), a.at(0), 4, a.region.lkey());
            assertEquals(0, a.qp.postSend(a.sends));
            assertEquals(List.of("QP17 ATOMIC_FETCH_AND_ADD wr_id=9 EINVAL reason=an atomic has room for 4 of the 8 bytes that it fetches"),
                details("refuse"));
            assertEquals("EINVAL at request 0 of 1: an atomic has room for 4 of the 8 bytes that it fetches", a.qp.explain(a.sends));
        }
    }

    @Test
    void shouldTellALostDatagram() {
        try (SoftPair pair = pair();
            QueuePair qp = pair.a().domain.createQueuePair(datagrams(pair.a()));
            QueuePair other = pair.b().domain.createQueuePair(datagrams(pair.b()))) {
            UdEndpoint.init(qp, pair.port(), 1);
            UdEndpoint.init(other, pair.port(), 2);
            UdEndpoint.start(qp, 0);
            UdEndpoint.start(other, 0);
            try (AddressHandle path = UdEndpoint.of(other, pair.port(), 2).reach(pair.a().domain, pair.port())) {
                lines.clear();
                datagram(pair.a(), qp, path, other.number(), 1, 8);
                datagram(pair.a(), qp, path, other.number(), 2, 8);
                datagram(pair.a(), qp, path, 99, 2, 8);
                datagram(pair.a(), qp, path, other.number(), 2, 2_000);
            }
            assertEquals(List.of("QP19 WRONG_QKEY reason=queue key 0x1 differs from 0x2 of QP 20",
                "QP19 NO_RECEIVE reason=no receive is posted on QP 20"), details("loss").subList(0, 2));
            assertTrue(details("loss").get(2).startsWith("QP19 NO_TARGET reason=there is no QP 99 at "), lines::toString);
            assertEquals("QP19 TOO_LONG reason=a datagram of 2000 bytes is longer than the MTU of 1024", details("loss").get(3));
            assertEquals(4, details("complete").size(), "the sender is not told");
        }
    }

    private static QueuePairConfig datagrams(final SoftPair.End end) {
        return new QueuePairConfig(dev.verbs.QpType.UD, end.cq, end.cq, 8, 8, 1, 1, 0, false);
    }

    private static void datagram(final SoftPair.End end, final QueuePair qp, final AddressHandle path, final int number, final int qkey,
        final long length) {
        end.sends.clear();
        end.sends.send(1, end.at(0), length, end.region.lkey(), SendFlags.SIGNALED);
        end.sends.target(0, path, number, qkey);
        assertEquals(1, qp.postSend(end.sends), () -> qp.explain(end.sends));
        end.done.size(0);
        assertEquals(1, end.cq.poll(end.done));
        assertTrue(end.done.isSuccess(0), () -> end.done.describe(0));
    }

    /** A bit of everything, in one thread. */
    private static void program(final Consumer<String> sink) throws IOException {
        try (SoftPair pair = new SoftPair(RcTuning.DEFAULT.withRetries(14, 2, 1), SoftProfile.STRICT, sink)) {
            final SoftPair.End a = pair.a();
            final SoftPair.End b = pair.b();
            for (int i = 0; i < 20; i++) {
                pair.clock().advance(100);
                a.write(i, i, 64, b, 128 + i);
                a.expect(i, WcStatus.SUCCESS);
            }
            a.send(30, 0, 8);
            pair.clock().advance(1_000);
            b.receive(31, 0, 8);
            a.expect(30, WcStatus.SUCCESS);
            b.expect(31, WcStatus.SUCCESS);
            a.sends.clear().read(32, a.at(0), 8, a.region.lkey(), b.at(0), b.region.rkey(), SendFlags.SIGNALED);
            assertEquals(1, a.qp.postSend(a.sends));
            a.expect(32, WcStatus.SUCCESS);
            connect(pair);
            a.write(40, 0, 8, b, -1);
            a.write(41, 0, 8, b, 0);
            a.expect(40, WcStatus.REM_ACCESS_ERR);
            a.expect(41, WcStatus.WR_FLUSH_ERR);
            b.qp.modify(new QpAttributes().state(QpState.RESET));
        }
    }

    private static void connect(final SoftPair pair) throws IOException {
        final InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        try (CmEventChannel channel = pair.provider().createEventChannel();
            CmId listener = channel.createId(PortSpace.TCP);
            CmId active = channel.createId(PortSpace.TCP)) {
            listener.bind(new InetSocketAddress(address, 4711));
            listener.listen(1);
            active.resolveAddress(null, new InetSocketAddress(address, 4712), LONG);
            channel.await(LONG);
            active.resolveRoute(LONG);
            channel.await(LONG);
            active.connect(77, dev.verbs.cm.ConnectionParameters.DEFAULT);
            channel.await(LONG);
        }
    }

    @Test
    void shouldSayTheSameOfTwoRuns() throws IOException {
        final List<String> again = new ArrayList<>();
        program(lines::add);
        program(again::add);
        assertEquals(String.join("\n", lines), String.join("\n", again));
        for (final String event : new String[] {"create", "close", "state", "post", "transfer", "complete", "wait", "async", "cm"}) {
            assertFalse(details(event).isEmpty(), event);
        }
    }

    @Test
    void shouldTellTheCompletionOfEveryAcceptedSignalledRequest() throws IOException {
        program(lines::add);
        final Pattern id = Pattern.compile("wr_id=\\d+");
        int signalled = 0;
        for (final String line : lines) {
            if ("post".equals(group(line, 4)) && (line.contains("SIGNALED") || line.contains(" RECV "))) {
                final Matcher matcher = id.matcher(line);
                assertTrue(matcher.find());
                final String who = group(line, 3);
                assertEquals(1, of(lines, "complete").stream().filter(other -> who.equals(group(other, 3))
                    && other.contains(" " + matcher.group() + " ")).count(), line);
                signalled++;
            }
        }
        assertEquals(25, signalled);
    }

    @Test
    void shouldTellAConnectionThatNobodyTakes() throws IOException {
        try (SoftPair pair = pair()) {
            lines.clear();
            connect(pair);
            assertEquals(List.of("id#2 told ADDR_RESOLVED status=0 data=0", "id#2 told ROUTE_RESOLVED status=0 data=0",
                "id#2 sends REQUEST from=10.0.0.1:32768 to=10.0.0.1:4712"), details("cm").subList(0, 3));
            assertTrue(details("cm").get(3).startsWith("id#2 told REJECTED status=8 "), lines::toString);
        }
    }

    @Test
    void shouldNumberTheFabricsOfAFile(@TempDir final Path folder) throws IOException {
        final Path path = folder.resolve("trace");
        Files.writeString(path, "of an earlier program\n");
        final TraceFile file = TraceFile.open(path.toString());
        program(file.add());
        program(file.add());
        program(lines::add);
        final List<String> written = Files.readAllLines(path);
        assertEquals(Trace.HEADER, written.getFirst());
        assertEquals(lines.stream().map(line -> "f1 " + line).toList(), written.subList(1, 1 + lines.size()));
        assertEquals(lines.stream().map(line -> "f2 " + line).toList(), written.subList(1 + lines.size(), written.size()));
        file.close();
    }

    @Test
    void shouldNameAFileThatCannotBeWritten(@TempDir final Path folder) {
        for (final String name : new String[] {folder.toString(), folder.resolve("missing/trace").toString(), "\0"}) {
            final VerbsException refused = assertThrows(VerbsException.class, () -> TraceFile.open(name));
            assertEquals(Errno.EACCES, refused.errno());
            assertTrue(refused.diagnosis().contains("-Ddev.verbs.soft.trace=" + name + " "), refused.diagnosis());
        }
    }

    @Test
    void shouldOfferTheLinesToPrograms() {
        try (SoftProvider provider = new SoftProvider(lines::add); Context context = provider.devices().getFirst().open();
            var domain = context.allocateProtectionDomain(); var cq = context.createCompletionQueue(1)) {
            domain.createQueuePair(QueuePairConfig.rc(cq, 1, 1)).close();
            assertEquals(List.of("QP17 RC pd=1 send_cq=cq#1 recv_cq=cq#1 send=1 recv=1"), details("create"));
        }
    }

    /** What a child JVM runs: two fabrics, one of which fails a request; then it ends without closing anything. */
    static final class Program {
        public static void main(final String[] arguments) {
            final Context first = Verbs.select("soft").provider().devices().getFirst().open();
            final Context second = Verbs.select("soft").provider().devices().getFirst().open();
            for (final Context context : List.of(first, second)) {
                context.allocateProtectionDomain().createQueuePair(QueuePairConfig.rc(context.createCompletionQueue(1), 1, 1));
            }
        }
    }

    private static String run(final String trace, final int status) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-D" + TraceFile.PROPERTY + "=" + trace,
            "-cp", System.getProperty("java.class.path"), Program.class.getName()).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(status, process.exitValue(), output);
        return output;
    }

    @Test
    void shouldWriteTheFileThatThePropertyNames(@TempDir final Path folder) throws IOException, InterruptedException {
        final Path path = folder.resolve("trace");
        run(path.toString(), 0);
        final List<String> created = Files.readAllLines(path).stream().filter(line -> line.contains(" create ")).toList();
        assertEquals(2, created.size(), created::toString);
        assertTrue(created.getFirst().startsWith("f1 ") && created.getLast().startsWith("f2 "), created::toString);
    }

    @Test
    void shouldNotStartWithAFileThatCannotBeWritten(@TempDir final Path folder) throws IOException, InterruptedException {
        final String output = run(folder.resolve("missing/trace").toString(), 1);
        assertTrue(output.contains("EACCES") && output.contains(folder.resolve("missing/trace") + " names a file that cannot be written"),
            output);
        assertFalse(output.contains("ServiceConfigurationError"), output);
    }

    @Test
    void shouldTellVirtualTimeAsItIs() {
        final List<String> again = new ArrayList<>();
        virtual(lines::add);
        virtual(again::add);
        assertEquals(lines, again);
        final List<String> moves = of(lines, "transfer");
        assertEquals(2, moves.size(), moves::toString);
        final long apart = Long.parseLong(group(moves.get(1), 1)) - Long.parseLong(group(moves.get(0), 1));
        assertEquals(5_243, apart, 5, "64 KiB at 100 Gb/s take 5243 ns");
        assertEquals("a", group(moves.getFirst(), 2));
    }

    /** Two writes of 64 KiB over one link, the second a link's time behind the first. */
    private static void virtual(final Consumer<String> sink) {
        try (SoftNetwork network = SoftNetwork.builder().hosts("a", "b").virtualTime().seed(3).trace(sink)
            .links(LinkModel.of(Duration.ofNanos(1_500), 100)).build();
            NetworkNode a = new NetworkNode(network, "a", 1 << 16);
            NetworkNode b = new NetworkNode(network, "b", 1 << 16)) {
            final QueuePair qp = a.connect(b, RcTuning.DEFAULT);
            network.virtualTime().begin();
            a.write(qp, 1, 0, 1 << 16, b, 0);
            a.write(qp, 2, 0, 1 << 16, b, 0);
            a.expect(1, WcStatus.SUCCESS);
            a.expect(2, WcStatus.SUCCESS);
        }
    }
}
