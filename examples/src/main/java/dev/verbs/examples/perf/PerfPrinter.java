package dev.verbs.examples.perf;

import dev.verbs.Device;
import dev.verbs.LinkLayer;
import dev.verbs.TransportType;
import dev.verbs.examples.perf.PerfConfig.Output;
import dev.verbs.examples.perf.PerfTool.Operation;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Prints like perftest 4.5: the same lines, titles and widths, so that what reads the output of one reads that of the other. Two lines
 * more tell where the device comes from and how many messages warmed up the JVM.
 */
final class PerfPrinter {
    static final String LINE = "-".repeat(87);
    static final String BANDWIDTH_TITLE =
        " #bytes     #iterations    BW peak[%1$s/sec]    BW average[%1$s/sec]   MsgRate[Mpps]";
    static final String LATENCY_TITLE = " #bytes #iterations    t_min[usec]    t_max[usec]  t_typical[usec]    t_avg[usec]    "
        + "t_stdev[usec]   99% percentile[usec]   99.9% percentile[usec] ";
    static final String TIMED_LATENCY_TITLE = " #bytes        #iterations       t_avg[usec]    tps average";
    private static final String BANDWIDTH_ROW = " %-7d    %-10d       %-7.2f            %-7.2f\t\t   %-7.6f";
    private static final String EXACT_BANDWIDTH_ROW = " %-7d    %d           %-7.6f            %-7.6f            %-7.6f";
    private static final String LATENCY_ROW = " %-7d %d          %-7.2f        %-7.2f      %-7.2f  \t       %-7.2f     \t%-7.2f\t\t%-7.2f"
        + " \t\t%-7.2f";
    private static final String TIMED_LATENCY_ROW = " %-7d       %d            %-7.2f        %-7.2f";
    private static final String CPU_TITLE = "    CPU_Util[%]";
    private static final String CPU_CELL = "\t    %-3.2f";
    private static final double LITTLE = 0.1;
    private static final int DIGITS = 6;

    private final PrintWriter out;
    private final PerfConfig config;

    /**
     * A printer.
     *
     * @param out    where to, null for nowhere
     * @param config what is printed
     */
    PerfPrinter(final PrintWriter out, final PerfConfig config) {
        this.out = out;
        this.config = config;
    }

    private void print(final String format, final Object... values) {
        if (out != null) {
            out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
        }
    }

    private void full(final String format, final Object... values) {
        if (config.report().output() == Output.ALL) {
            print(format, values);
        }
    }

    void line() {
        full(LINE);
    }

    /** Of a server, before anybody comes. */
    void waiting() {
        full("");
        full("************************************");
        full("* Waiting for client to connect... *");
        full("************************************");
        if (out != null) {
            out.flush();
        }
    }

    /** What is going to be measured. */
    void header(final PerfEnd end, final Device device, final String provider, final boolean client) {
        final PerfConfig.Traffic traffic = config.traffic();
        final boolean sends = config.isSender(client);
        line();
        full("                    " + config.title());
        if (traffic.events()) {
            full(" Test with events. Using %s_comp%d", device.name(), config.path().vector());
        }
        full(" Dual-port       : OFF\t\tDevice         : %s", device.name());
        full(" Number of qps   : %d\t\tTransport type : %s", traffic.queuePairs(), transport(device.transport()));
        full(" Connection type : %s\t\tUsing SRQ      : %s", config.service(), onOff(traffic.shared()));
        full(" PCIe relax order: %s", onOff(traffic.relaxed()));
        full(" ibv_wr* API     : OFF");
        if (sends) {
            full(" TX depth        : %d", traffic.txDepth());
        }
        if (traffic.postList() > 1) {
            full(" Post List       : %d", traffic.postList());
        }
        if (traffic.receiveList() > 1) {
            full(" Recv Post List  : %d", traffic.receiveList());
        }
        if (config.tool().operation() == Operation.SEND && (!sends || traffic.bidirectional())) {
            full(" RX depth        : %d", traffic.rxDepth());
        }
        if (!config.tool().isLatency()) {
            full(" CQ Moderation   : %d", traffic.cqModeration());
        }
        full(" Mtu             : %d[B]", end.path().mtu().bytes());
        full(" Link type       : %s", link(end.path().port().linkLayer()));
        if (end.path().hasGid()) {
            full(" GID index       : %d", end.path().port().gid().index());
        }
        if (config.tool().operation().fetches()) {
            full(" Outstand reads  : %d", end.outstandingReads());
        } else {
            full(" Max inline data : %d[B]", traffic.inline());
        }
        full(" Provider        : %s", provider);
        full(" Warm-up ops     : %d", config.waits().warmUp());
        managed(client);
        line();
        if (out != null) {
            out.flush();
        }
    }

    private void managed(final boolean client) {
        final PerfPath.Options path = config.path();
        full(" rdma_cm QPs\t : %s", onOff(path.managed()));
        full(" Data ex. method : %s%s", path.managedExchange() ? "rdma_cm" : "Ethernet", path.managed() && path.typeOfService() >= 0
            ? " \tTOS    : " + path.typeOfService() : "");
        if (path.managed() && !client) {
            line();
            full(" Waiting for client rdma_cm QP to connect");
            full(" Please run the same command with the IB/RoCE interface IP");
        }
    }

    static String onOff(final boolean on) {
        return on ? "ON" : "OFF";
    }

    static String transport(final TransportType type) {
        return switch (type) {
            case IB -> "IB";
            case IWARP -> "IW";
            default -> "Unknown";
        };
    }

    static String link(final LinkLayer layer) {
        return switch (layer) {
            case INFINIBAND -> "IB";
            case ETHERNET -> "Ethernet";
            default -> "Unknown";
        };
    }

    /** Where a queue pair is found; over the connection manager C leaves out key and address. */
    void address(final String side, final PerfKeys keys, final boolean withGid, final boolean managedExchange) {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, " %s address: LID %s QPN %s PSN %s", side,
            hex(keys.lid(), 4), hex(keys.qpNumber(), 6), hex(keys.psn(), 6)));
        final Operation operation = config.tool().operation();
        if (!managedExchange && operation == Operation.READ) {
            text.append(" OUT ").append(hex(keys.outstandingReads(), 4));
        }
        if (!managedExchange && (operation == Operation.READ || operation == Operation.WRITE)) {
            text.append(" RKey ").append(hex(Integer.toUnsignedLong(keys.rkey()), 8)).append(" VAddr ").append(hex(keys.address(), 16));
        }
        full(text.toString());
        if (withGid) {
            final StringBuilder gid = new StringBuilder(" GID");
            String separator = ": ";
            for (final byte each : keys.gid().bytes()) {
                gid.append(separator).append(String.format(Locale.ROOT, "%02d", each & 0xFF));
                separator = ":";
            }
            full(gid.toString());
        }
    }

    /** C's {@code %#0Nx}: the width includes the prefix, which zero does not get. */
    private static String hex(final long value, final int width) {
        final String digits = Long.toHexString(value);
        final int zeros = Math.max(0, width - digits.length() - (value == 0 ? 0 : 2));
        return (value == 0 ? "" : "0x") + "0".repeat(zeros) + digits;
    }

    /** Titles of the columns. */
    void titles() {
        final String cpu = config.report().cpu() ? CPU_TITLE : "";
        line();
        if (!config.tool().isLatency()) {
            full(String.format(Locale.ROOT, BANDWIDTH_TITLE, config.report().gigabits() ? "Gb" : "MB") + cpu);
        } else if (config.traffic().isTimed()) {
            full(TIMED_LATENCY_TITLE + cpu);
        } else {
            full(LATENCY_TITLE + cpu);
        }
    }

    /** A row of a bandwidth test. */
    void bandwidth(final BandwidthReport report, final double cpuPercent) {
        switch (config.report().output()) {
            case BANDWIDTH -> print("%f", report.average());
            case MESSAGE_RATE -> print("%f", report.messageRate());
            default -> {
                final boolean exact = config.report().gigabits() && report.average() < LITTLE;
                print(String.format(Locale.ROOT, exact ? EXACT_BANDWIDTH_ROW : BANDWIDTH_ROW, report.size(), report.iterations(),
                    report.peak(), report.average(), report.messageRate()) + cpu(cpuPercent));
            }
        }
    }

    private String cpu(final double percent) {
        return config.report().cpu() ? String.format(Locale.ROOT, CPU_CELL, percent) : "";
    }

    /** Titles of one direction of a test of both. */
    void direction(final String name) {
        line();
        full("");
        full(" " + name + " results: ");
        titles();
    }

    /** A row of a latency test. */
    void latency(final LatencyReport report) {
        if (config.report().output() == Output.LATENCY) {
            print("%f", report.average());
            return;
        }
        if (config.report().unsorted()) {
            samples(report.unsorted());
        }
        if (config.report().histogram()) {
            samples(report.sorted());
        }
        if (config.report().unsorted() || config.report().histogram()) {
            titles();
        }
        print(LATENCY_ROW, report.size(), report.iterations(), report.min(), report.max(), report.typical(), report.average(),
            report.deviation(), report.p99(), report.p999());
    }

    private void samples(final double[] samples) {
        print("#, usec");
        for (int i = 0; i < samples.length; i++) {
            print("%d, %s", i + 1, significant(samples[i]));
        }
    }

    /** C's {@code %g}. */
    static String significant(final double value) {
        final BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** A row of a latency test of a duration. */
    void timedLatency(final long size, final long iterations, final double average, final double rate, final double cpuPercent) {
        if (config.report().output() == Output.LATENCY) {
            print("%f", average);
        } else {
            print(String.format(Locale.ROOT, TIMED_LATENCY_ROW, size, iterations, average, rate) + cpu(cpuPercent));
        }
    }

    /** What the loop allocated, and what was compiled beside it. */
    void cost(final double allocatedPerMessage, final long compiledMs) {
        if (config.report().allocations()) {
            print(" Allocated       : %.6f bytes per message", allocatedPerMessage);
            print(" Compiled        : %d ms beside it", compiledMs);
        }
    }

    void flush() {
        if (out != null) {
            out.flush();
        }
    }
}
