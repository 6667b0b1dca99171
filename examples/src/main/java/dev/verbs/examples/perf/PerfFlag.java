package dev.verbs.examples.perf;

import dev.verbs.examples.perf.PerfTool.Operation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The options that the tools of perftest 4.5 print with {@code -h}, each with the tools that have it. What does not work here is known
 * all the same, and refused with its reason.
 */
enum PerfFlag {
    ALL("-a,--all", null, Tools.SIZED, "Sizes from 2 to 2^23."),
    ATOMIC_TYPE("-A,--atomic_type", "TYPE", Tools.ATOMIC, "CMP_AND_SWAP or FETCH_AND_ADD (default)."),
    BIDIRECTIONAL("-b,--bidirectional", null, Tools.BW, "Both ends send."),
    CONNECTION("-c,--connection", "RC|UC|UD", Tools.EACH, "Transport service, of those that the operation has (default: RC)."),
    DEVICE("-d,--ib-dev", "NAME", Tools.EACH, "Device (default: the first usable one)."),
    DURATION("-D,--duration", "SECONDS", Tools.EACH, "Measures for a time instead of a number of messages."),
    EVENTS("-e,--events", null, Tools.EVENTS, "Sleeps on completion events instead of polling."),
    VECTOR("-X,--vector", "N", Tools.EVENTS, "Completion vector of the events (default: 0)."),
    MARGIN("-f,--margin", "SECONDS", Tools.EACH, "With -D: does not count at the beginning and at the end (default: a quarter each)."),
    CPU_FREQUENCY("-F,--CPU-freq", null, Tools.EACH, "Accepted: times do not depend on the CPU's frequency, so nothing warns of it."),
    HELP("-h,--help", null, Tools.EACH, "Shows this help."),
    PORT("-i,--ib-port", "N", Tools.EACH, "Port of the device (default: the first active one)."),
    INLINE("-I,--inline_size", "BYTES", Tools.PUSH, "Messages up to this size are sent inline (default: 0, as C does on devices that it "
        + "does not know)."),
    POST_LIST("-l,--post_list", "N", Tools.BW, "Requests per post."),
    RECEIVE_LIST("--recv_post_list", "N", Tools.BW, "Receives per post."),
    MTU("-m,--mtu", "BYTES", Tools.EACH, "Path MTU, 256 to 4096 (default: the port's)."),
    ITERATIONS("-n,--iters", "N", Tools.EACH, "Messages of each queue pair, at least 5 (default: 1000, write_bw 5000)."),
    NO_PEAK("-N,--noPeak", null, Tools.BW, "No peak, so no time stamp per message (default above 20000 messages)."),
    OUTSTANDING("-o,--outs", "N", Tools.FETCH, "Reads and atomics outstanding (default: the most that the device can)."),
    TCP_PORT("-p,--port", "PORT", Tools.EACH, "Where the server listens (default: 18515; in one process any free one)."),
    QUEUE_PAIRS("-q,--qp", "N", Tools.BW, "Queue pairs (default: 1)."),
    CQ_MODERATION("-Q,--cq-mod", "N", Tools.BW, "Messages per completion (default: 100; 1 for messages over 8 KiB)."),
    RX_DEPTH("-r,--rx-depth", "N", Tools.SEND, "Receives posted (default: 512); of the shared queue with --use-srq."),
    MANAGED("-R,--rdma_cm", null, Tools.EACH, "The connection manager connects the queue pairs."),
    SIZE("-s,--size", "BYTES", Tools.SIZED, "Size of a message (default: 2, for bandwidth 65536)."),
    SERVICE_LEVEL("-S,--sl", "N", Tools.EACH, "Service level (default: 0)."),
    TX_DEPTH("-t,--tx-depth", "N", Tools.BW, "Messages outstanding on each queue pair (default: 128)."),
    TYPE_OF_SERVICE("-T,--tos", "N", Tools.EACH, "With -R: type of service."),
    ACK_TIMEOUT("-u,--qp-timeout", "CODE", Tools.EACH, "Local ACK timeout, 4.096 us x 2^CODE (default: 14)."),
    UNSORTED("-U,--report-unsorted", null, Tools.LAT, "All results in their order, too."),
    HISTOGRAM("-H,--report-histogram", null, Tools.LAT, "All results sorted, too."),
    VERSION("-V,--version", null, Tools.EACH, "Shows the version."),
    LEAST_BANDWIDTH("-w,--limit_bw", "N", Tools.BW, "Fails if the bandwidth is less."),
    LEAST_MESSAGE_RATE("-y,--limit_msgrate", "N", Tools.BW, "Fails if the message rate is less."),
    GID_INDEX("-x,--gid-index", "N", Tools.EACH, "Index of the GID (default: RoCE v2 of an IPv4 address)."),
    MANAGED_EXCHANGE("-z,--com_rdma_cm", null, Tools.EACH, "The ends talk over a queue pair that the connection manager connects."),
    JSON("--out_json", null, Tools.EACH, "Writes the report as JSON, too."),
    JSON_FILE("--out_json_file", "FILE", Tools.EACH, "Name of the JSON file (default: perftest_out.json)."),
    CPU("--cpu_util", null, Tools.EACH, "With -D: how busy the processors are."),
    NO_VERSIONS("--dont_xchg_versions", null, Tools.EACH, "Exchanges neither versions nor MTU."),
    SHARED("--use-srq", null, Tools.SEND, "One receive queue for all queue pairs."),
    IPV6("--ipv6", null, Tools.EACH, "The GID of an IPv6 address."),
    SOURCE("--source_ip", "ADDRESS", Tools.EACH, "Local address to connect from, or to listen on."),
    GAP("--latency_gap", "USEC", Tools.LAT, "Pause before each message."),
    REGION_EACH("--mr_per_qp", null, Tools.BW, "A region for each queue pair."),
    ON_DEMAND("--odp", null, Tools.EACH, "Memory is paged on demand, where the device can."),
    OUTPUT("--output", "WHAT", Tools.EACH, "Prints only bandwidth, message_rate or latency."),
    OLD_POST("--use_old_post_send", null, Tools.EACH, "Accepted: ibv_post_send is what is used here."),
    CACHE_WARM("--perform_warm_up", null, Tools.EACH, "Fills the send queues once before reads, writes and atomics for bandwidth."),
    PKEY_INDEX("--pkey_index", "N", Tools.EACH, "Index of the partition key (default: 0)."),
    BOTH("--report-both", null, Tools.BW, "With -b: both directions apart."),
    GIGABITS("--report_gbits", null, Tools.BW, "Gbit/s instead of MiB/s."),
    REVERSED("--reversed", null, Tools.BW, "The server sends."),
    RETRY_COUNT("--retry_count", "N", Tools.EACH, "With -R: retries (default: 6; rdma_rxe never gives up with 7, C's default)."),
    TRAFFIC_CLASS("--tclass", "N", Tools.EACH, "Traffic class of the global route."),
    LINGER("--wait_destroy", "SECONDS", Tools.BW, "Pause before everything is closed."),
    RATE("--rate_limit", "N", Tools.BW, "Sends no faster than this."),
    RATE_UNITS("--rate_units", "M|g|p", Tools.BW, "Of --rate_limit: MiB/s, Gbit/s (default) or messages per second."),
    RATE_TYPE("--rate_limit_type", "SW", Tools.BW, "SW: the sender waits. The types HW and PP are of devices that limit, and refused."),
    BURST("--burst_size", "N", Tools.BW, "With --rate_limit: messages sent at a time (default: as many as may be outstanding)."),
    NO_RELAXED("--disable_pcie_relaxed", null, Tools.BW, "Registers without relaxed ordering."),

    CYCLES("-C,--report-cycles", null, Tools.LAT, "a JVM does not read the processor's time stamp counter: times are of System.nanoTime",
        true),
    MULTICAST("-g,--mcg", null, Tools.SEND, "multicast is not a part of these tools: verbs mckey sends to groups", true),
    MULTICAST_GID("-M,--MGID", "GID", Tools.SEND, "multicast is not a part of these tools: verbs mckey sends to groups", true),
    HOP_LIMIT("-L,--hop_limit", "N", Tools.EACH, "C takes it for raw Ethernet only, which is not among these tools", true),
    DUAL_PORT("-O,--dualport", null, Tools.BW, "the software devices of Linux have one port", true),
    PER_PORT("--report-per-port", null, Tools.BW, "the software devices of Linux have one port", true),
    COUNTERS("-W,--report-counters", "LIST", Tools.EACH, "read /sys/class/infiniband/DEVICE/ports/N/{counters,hw_counters} before and "
        + "after", true),
    DCI_STREAMS("--log_dci_streams", "N", Tools.EACH, "dynamic connections (DC) are Mellanox's own", true),
    ACTIVE_DCI_STREAMS("--log_active_dci_streams", "N", Tools.EACH, "dynamic connections (DC) are Mellanox's own", true),
    AES("--aes_xts", null, Tools.EACH, "encryption in the device is Mellanox's own", true),
    ENCRYPT("--encrypt_on_tx", null, Tools.EACH, "encryption in the device is Mellanox's own", true),
    SIGNATURE("--sig_before", null, Tools.EACH, "encryption in the device is Mellanox's own", true),
    AES_BLOCK("--aes_block_size", "N", Tools.EACH, "encryption in the device is Mellanox's own", true),
    KEY_COUNT("--data_enc_keys_number", "N", Tools.EACH, "encryption in the device is Mellanox's own", true),
    KEK("--kek_path", "FILE", Tools.EACH, "encryption in the device is Mellanox's own", true),
    CREDENTIALS("--credentials_path", "FILE", Tools.EACH, "encryption in the device is Mellanox's own", true),
    KEY_APP("--data_enc_key_app_path", "FILE", Tools.EACH, "encryption in the device is Mellanox's own", true),
    DLID("--dlid", "LID", Tools.EACH, "LIDs route on InfiniBand only; RoCE and iWARP have none", true),
    FORCE_LINK("--force-link", "TYPE", Tools.EACH, "the port says what its link is", true),
    INLINE_RECEIVE("--inline_recv", "BYTES", Tools.INLINE_RECEIVE, "not in libibverbs: it was an experimental verb of Mellanox", true),
    MMAP("--mmap", "FILE", Tools.EACH, "it is for the memory of another device (peer to peer)", true),
    MMAP_OFFSET("--mmap-offset", "N", Tools.EACH, "it is for the memory of another device (peer to peer)", true),
    INFINITE("--run_infinitely", null, Tools.BW, "every run here ends: give -D", true),
    HUGE_PAGES("--use_hugepages", null, Tools.EACH, "Java's arenas do not allocate huge pages; transparent ones are the kernel's to give",
        true),
    PACKET_SIZE("--typical_pkt_size", "BYTES", Tools.BW, "packet pacing is Mellanox's own", true);

    private final List<String> names;
    private final String label;
    private final Set<PerfTool> tools;
    private final String text;
    private final boolean refused;

    PerfFlag(final String names, final String label, final Set<PerfTool> tools, final String text) {
        this(names, label, tools, text, false);
    }

    PerfFlag(final String names, final String label, final Set<PerfTool> tools, final String text, final boolean refused) {
        this.names = List.of(names.split(","));
        this.label = label;
        this.tools = tools;
        this.text = text;
        this.refused = refused;
    }

    /** The short one first. */
    List<String> names() {
        return names;
    }

    /** What stands for its value, null for a switch. */
    String label() {
        return label;
    }

    boolean isOf(final PerfTool tool) {
        return tools.contains(tool);
    }

    /** What it does, or why it is refused. */
    String text() {
        return text;
    }

    boolean isRefused() {
        return refused;
    }

    /** Which tools have an option. */
    private static final class Tools {
        static final Set<PerfTool> EACH = EnumSet.allOf(PerfTool.class);
        static final Set<PerfTool> LAT = with(PerfTool::isLatency);
        static final Set<PerfTool> BW = with(tool -> !tool.isLatency());
        static final Set<PerfTool> SIZED = with(tool -> tool.operation() != Operation.ATOMIC);
        static final Set<PerfTool> ATOMIC = with(tool -> tool.operation() == Operation.ATOMIC);
        static final Set<PerfTool> SEND = with(tool -> tool.operation() == Operation.SEND);
        static final Set<PerfTool> FETCH = with(tool -> tool.operation().fetches());
        static final Set<PerfTool> PUSH = with(tool -> !tool.operation().fetches());
        static final Set<PerfTool> EVENTS = with(tool -> tool.operation() != Operation.WRITE);
        static final Set<PerfTool> INLINE_RECEIVE = EVENTS;

        private Tools() {
        }

        private static Set<PerfTool> with(final Predicate<PerfTool> property) {
            final Set<PerfTool> tools = EnumSet.noneOf(PerfTool.class);
            Arrays.stream(PerfTool.values()).filter(property).forEach(tools::add);
            return tools;
        }
    }
}
