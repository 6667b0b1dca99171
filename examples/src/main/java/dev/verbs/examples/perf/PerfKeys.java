package dev.verbs.examples.perf;

import dev.verbs.Gid;
import dev.verbs.examples.CommandFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What one queue pair of an end is reached by, in the two forms of perftest: text over TCP, a structure in network order over a
 * queue pair. Either is also sent when the ends only wait for each other.
 *
 * <pre>
 *   text, 59 or 108 bytes:  lid:reads:qpn:psn:rkey:address:[16 x gid byte:]srqn[:]\0      all hexadecimal, of fixed width
 *   binary, 56 bytes:       | lid | reads | qpn | psn | rkey | pad | address 8 | gid 16 | srqn | gid index |
 * </pre>
 *
 * @param lid              LID of the port, 0 on Ethernet
 * @param outstandingReads reads and atomics that it answers at a time
 * @param qpNumber         number of the queue pair
 * @param psn              first packet number
 * @param rkey             key of the memory
 * @param address          where the peer reads and writes
 * @param gid              GID of the port; zero if it has none
 */
record PerfKeys(int lid, int outstandingReads, int qpNumber, int psn, int rkey, long address, Gid gid) {
    static final int TEXT_LENGTH = 59;
    static final int TEXT_LENGTH_WITH_GID = 108;
    static final int BINARY_LENGTH = 56;
    /** Sent before there is a queue pair: the ends wait for each other. */
    static final PerfKeys NONE = new PerfKeys(0, 0, 0, 0, 0, 0, Gid.of(new byte[Gid.LENGTH]));
    private static final int FIELDS = 7;

    byte[] text(final boolean withGid) {
        final StringBuilder text = new StringBuilder(TEXT_LENGTH_WITH_GID);
        text.append(String.format(Locale.ROOT, "%04x:%04x:%06x:%06x:%08x:%016x:", lid, outstandingReads, qpNumber, psn, rkey, address));
        if (withGid) {
            text.append(HexFormat.ofDelimiter(":").formatHex(gid.bytes())).append(":00000000:");
        } else {
            text.append("00000000");
        }
        return text.append('\0').toString().getBytes(StandardCharsets.US_ASCII);
    }

    static PerfKeys ofText(final byte[] message) {
        final String all = new String(message, StandardCharsets.US_ASCII);
        final int end = all.indexOf('\0');
        final List<String> fields = new ArrayList<>(List.of(all.substring(0, Math.max(0, end)).split(":")));
        final boolean withGid = fields.size() == FIELDS + Gid.LENGTH;
        if (!withGid && fields.size() != FIELDS) {
            throw strange(all, null);
        }
        try {
            final Gid gid = withGid ? Gid.of(HexFormat.of().parseHex(String.join("", fields.subList(FIELDS - 1, FIELDS - 1 + Gid.LENGTH))))
                : NONE.gid;
            return new PerfKeys(number(fields.get(0)), number(fields.get(1)), number(fields.get(2)), number(fields.get(3)),
                number(fields.get(4)), HexFormat.fromHexDigitsToLong(fields.get(5)), gid);
        } catch (final IllegalArgumentException e) {
            throw strange(all, e);
        }
    }

    private static int number(final String digits) {
        return HexFormat.fromHexDigits(digits);
    }

    private static CommandFailure strange(final String text, final Exception cause) {
        return new CommandFailure("the peer sent '" + text.replaceAll("[^\\x20-\\x7e]", "?")
            + "' instead of lid:reads:qpn:psn:rkey:address:gid:srqn: it does not speak perftest 4.5's protocol, or one end has a GID "
            + "index and the other none", cause);
    }

    byte[] binary(final int gidIndex) {
        return ByteBuffer.allocate(BINARY_LENGTH).putInt(lid).putInt(outstandingReads).putInt(qpNumber).putInt(psn).putInt(rkey)
            .putInt(0).putLong(address).put(gid.bytes()).putInt(0).putInt(gidIndex).array();
    }

    static PerfKeys ofBinary(final byte[] message) {
        final ByteBuffer in = ByteBuffer.wrap(message);
        final int lid = in.getInt();
        final int reads = in.getInt();
        final int qpn = in.getInt();
        final int psn = in.getInt();
        final int rkey = in.getInt();
        in.getInt(); // padding
        final long address = in.getLong();
        final byte[] gid = new byte[Gid.LENGTH];
        in.get(gid);
        return new PerfKeys(lid, reads, qpn, psn, rkey, address, Gid.of(gid));
    }
}
