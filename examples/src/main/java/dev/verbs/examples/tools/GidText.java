package dev.verbs.examples.tools;

import dev.verbs.Gid;
import dev.verbs.GidEntry;
import java.net.NetworkInterface;
import java.net.SocketException;

/** GIDs as the C tools write them. */
final class GidText {
    private static final int WORDS = 8;

    private GidText() {
    }

    /** As {@code inet_ntop(AF_INET6)} does: the first longest run of zeros is left out, IPv4 addresses are dotted. */
    static String compressed(final Gid gid) {
        if (gid.isIpv4Mapped()) {
            return gid.toString();
        }
        final int[] words = words(gid);
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < WORDS; i++) {
            int end = i;
            while (end < WORDS && words[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(words[i]));
            }
        }
        return text.toString();
    }

    /** Eight groups of four digits. */
    static String full(final Gid gid) {
        final StringBuilder text = new StringBuilder();
        for (final int word : words(gid)) {
            text.append(text.isEmpty() ? "" : ":").append(String.format("%04x", word));
        }
        return text.toString();
    }

    private static int[] words(final Gid gid) {
        final byte[] raw = gid.bytes();
        final int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = Byte.toUnsignedInt(raw[2 * i]) << 8 | Byte.toUnsignedInt(raw[2 * i + 1]);
        }
        return words;
    }

    /** The network interface of an entry, null if it has none. */
    static NetworkInterface networkInterface(final GidEntry entry) {
        try {
            return entry.interfaceIndex() <= 0 ? null : NetworkInterface.getByIndex(entry.interfaceIndex());
        } catch (final SocketException e) {
            return null;
        }
    }
}
