package dev.verbs;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A global identifier: 16 bytes in network order, written like an IPv6 address. C: {@code union ibv_gid}.
 *
 * <p>Immutable; any thread.
 */
public final class Gid {
    /** Bytes of a GID. C: the size of {@code ibv_gid.raw}. */
    public static final int LENGTH = 16;

    private final byte[] raw;

    private Gid(final byte[] raw) {
        this.raw = raw;
    }

    /**
     * A GID of 16 bytes. C: {@code ibv_gid.raw}.
     *
     * @param raw the bytes in network order; copied
     * @return the GID
     * @throws IllegalArgumentException if there are not 16 of them
     */
    public static Gid of(final byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("a GID has " + LENGTH + " bytes, not " + raw.length);
        }
        return new Gid(raw.clone());
    }

    /**
     * The GID that stands for an IP address: IPv4 as {@code ::ffff:a.b.c.d}. No C counterpart.
     *
     * @param address the address
     * @return the GID
     */
    public static Gid of(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        if (bytes.length == LENGTH) {
            return new Gid(bytes);
        }
        final byte[] raw = new byte[LENGTH];
        raw[10] = (byte)0xFF;
        raw[11] = (byte)0xFF;
        System.arraycopy(bytes, 0, raw, 12, bytes.length);
        return new Gid(raw);
    }

    /**
     * Reads the 32 hexadecimal digits that rdma-core's pingpong programs exchange. No C counterpart.
     *
     * @param hex 32 digits
     * @return the GID
     * @throws IllegalArgumentException if it is anything else
     */
    public static Gid ofHex(final String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /**
     * The bytes. C: {@code ibv_gid.raw}.
     *
     * @return a copy, in network order
     */
    public byte[] bytes() {
        return raw.clone();
    }

    /**
     * The bytes as 32 hexadecimal digits. No C counterpart.
     *
     * @return the digits, lower case
     */
    public String hex() {
        return HexFormat.of().formatHex(raw);
    }

    /**
     * Whether all bytes are 0: an unused entry of a GID table. No C counterpart.
     *
     * @return true if so
     */
    public boolean isZero() {
        return Arrays.equals(raw, new byte[LENGTH]);
    }

    /**
     * Whether the GID stands for an IPv4 address. No C counterpart.
     *
     * @return true if it is {@code ::ffff:a.b.c.d}
     */
    public boolean isIpv4Mapped() {
        return address() instanceof Inet4Address;
    }

    /**
     * Whether the GID stands for a multicast group. No C counterpart.
     *
     * @return true for ff00::/8 and, mapped, for 224.0.0.0/4
     */
    public boolean isMulticast() {
        return address().isMulticastAddress();
    }

    /**
     * The IP address that the GID stands for (RoCE). No C counterpart.
     *
     * @return an IPv4 address if mapped, else an IPv6 address
     */
    public InetAddress address() {
        try {
            return InetAddress.getByAddress(raw);
        } catch (final UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Gid that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return (isIpv4Mapped() ? "::ffff:" : "") + address().getHostAddress();
    }
}
