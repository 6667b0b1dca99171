package dev.verbs.examples.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verbs.Device;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.PerfTool.Operation;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The report as JSON, with the keys of perftest from version 4.5 on (4.5 itself writes them without quotes). Of several sizes
 * {@code results} is a list; C keeps the last one only.
 */
final class PerfJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final PerfConfig config;
    private final ObjectNode info = NODES.objectNode();
    private final List<ObjectNode> results = new ArrayList<>();

    PerfJson(final PerfConfig config) {
        this.config = config;
    }

    /** What is going to be measured. */
    void header(final PerfEnd end, final Device device, final String provider, final boolean client) {
        final PerfConfig.Traffic traffic = config.traffic();
        final Operation operation = config.tool().operation();
        final boolean sends = config.isSender(client);
        info.put("test", config.title().replace(' ', '_'));
        if (traffic.events()) {
            info.put("Test with events", "Using_" + device.name() + "_comp" + config.path().vector());
        }
        info.put("Dual_port", "OFF").put("Device", device.name()).put("Number_of_qps", traffic.queuePairs())
            .put("Transport_type", PerfPrinter.transport(device.transport())).put("Connection_type", config.service().name())
            .put("Using_SRQ", PerfPrinter.onOff(traffic.shared())).put("PCIe_relax_order", PerfPrinter.onOff(traffic.relaxed()))
            .put("ibv_wr_API", "OFF");
        if (sends) {
            info.put("TX_depth", traffic.txDepth());
        }
        if (traffic.postList() > 1) {
            info.put("Post_List", traffic.postList());
        }
        if (traffic.receiveList() > 1) {
            info.put("Recv_Post_List", traffic.receiveList());
        }
        if (operation == Operation.SEND && (!sends || traffic.bidirectional())) {
            info.put("RX_depth", traffic.rxDepth());
        }
        if (!config.tool().isLatency()) {
            info.put("CQ_Moderation", traffic.cqModeration());
        }
        path(end);
        info.put("Provider", provider).put("Warm_up_ops", config.waits().warmUp()).put("Clock", "System.nanoTime");
    }

    private void path(final PerfEnd end) {
        info.put("Mtu", end.path().mtu().bytes()).put("Link_type", PerfPrinter.link(end.path().port().linkLayer()));
        if (end.path().hasGid()) {
            info.put("GID_index", end.path().port().gid().index());
        }
        if (config.tool().operation().fetches()) {
            info.put("Outstand_reads", end.outstandingReads());
        } else {
            info.put("Max_inline_data", config.traffic().inline());
        }
        info.put("rdma_cm_QPs", PerfPrinter.onOff(config.path().managed()))
            .put("Data_ex_method", config.path().managedExchange() ? "rdma_cm" : "Ethernet");
        if (config.path().managed() && config.path().typeOfService() >= 0) {
            info.put("TOS", config.path().typeOfService());
        }
    }

    private ObjectNode result() {
        final ObjectNode node = NODES.objectNode();
        results.add(node);
        return node;
    }

    private static BigDecimal rounded(final double value, final int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
    }

    /** A bandwidth. */
    void bandwidth(final BandwidthReport report, final double cpuPercent) {
        final ObjectNode node = result();
        switch (config.report().output()) {
            case BANDWIDTH -> node.put("bw_avg", rounded(report.average(), 6));
            case MESSAGE_RATE -> node.put("msgRate_avg", rounded(report.messageRate(), 6));
            default -> {
                final int digits = config.report().gigabits() ? 6 : 2;
                node.put("MsgSize", report.size()).put("n_iterations", report.iterations())
                    .put("BW_peak", rounded(report.peak(), digits)).put("BW_average", rounded(report.average(), digits))
                    .put("MsgRate", rounded(report.messageRate(), 6));
            }
        }
        cpu(node, cpuPercent);
    }

    private void cpu(final ObjectNode node, final double percent) {
        if (config.report().cpu()) {
            node.put("CPU_util", rounded(percent, 2));
        }
    }

    /** A latency. */
    void latency(final LatencyReport report) {
        final ObjectNode node = result();
        if (config.report().output() == PerfConfig.Output.LATENCY) {
            node.put("avg_lat", rounded(report.average(), 6));
            return;
        }
        node.put("MsgSize", report.size()).put("n_iterations", report.iterations()).put("t_min", rounded(report.min(), 2))
            .put("t_max", rounded(report.max(), 2)).put("t_typical", rounded(report.typical(), 2))
            .put("t_avg", rounded(report.average(), 2)).put("t_stdev", rounded(report.deviation(), 2))
            .put("percentile_99", rounded(report.p99(), 2)).put("percentile_99.9", rounded(report.p999(), 2));
    }

    /** A latency over a duration. */
    void timedLatency(final long size, final long iterations, final double average, final double rate, final double cpuPercent) {
        final ObjectNode node = result();
        if (config.report().output() == PerfConfig.Output.LATENCY) {
            node.put("t_avg", rounded(average, 6));
            return;
        }
        node.put("MsgSize", size).put("n_iterations", iterations).put("t_avg", rounded(average, 2)).put("tps_average", rounded(rate, 2));
        cpu(node, cpuPercent);
    }

    /** What the loop of the last result allocated, and what was compiled beside it. */
    void cost(final double allocatedPerMessage, final long compiledMs) {
        if (!results.isEmpty()) {
            results.getLast().put("allocated_bytes_per_message", rounded(allocatedPerMessage, 6)).put("compiled_ms", compiledMs);
        }
    }

    /** Writes the file, if one is wanted. */
    void write() {
        if (config.report().json() == null) {
            return;
        }
        final ObjectNode all = NODES.objectNode();
        all.set("test_info", info);
        if (results.size() == 1) {
            all.set("results", results.getFirst());
        } else {
            final ArrayNode list = all.putArray("results");
            results.forEach(list::add);
        }
        try {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(new File(config.report().json()), all);
        } catch (final IOException e) {
            throw new CommandFailure("cannot write " + config.report().json() + ": " + e.getMessage(), e);
        }
    }
}
