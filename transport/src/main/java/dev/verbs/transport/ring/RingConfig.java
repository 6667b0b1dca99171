package dev.verbs.transport.ring;

import dev.verbs.transport.PairConfig;
import java.util.Objects;

/**
 * What a ring is made of; the same on all hosts, which is checked when they connect.
 *
 * @param hosts        hosts in the ring, 1 to {@value #MAX_HOSTS}
 * @param elements     buffer elements per host, 2 to {@value #MAX_ELEMENTS}: one is kept free so that a full ring can turn
 * @param elementBytes bytes of an element, header and arrival word included; a multiple of 64, at least 128
 * @param pair         timers and retries of the two connections; queue sizes are the ring's own affair
 */
public record RingConfig(int hosts, int elements, long elementBytes, PairConfig pair) {
    /** Most hosts: their count travels in 16 bits. */
    public static final int MAX_HOSTS = 65_535;

    /** Most elements of a host: their index travels in 16 bits. */
    public static final int MAX_ELEMENTS = 65_535;

    /** 8 elements of 256 KiB. */
    public static final RingConfig DEFAULT = new RingConfig(1, 8, 256 * 1024, PairConfig.DEFAULT);

    /** Checks the ranges. */
    public RingConfig {
        Objects.requireNonNull(pair, "pair");
        range("hosts", hosts, 1, MAX_HOSTS);
        range("elements", elements, 2, MAX_ELEMENTS);
        range("elementBytes", elementBytes, 128, Integer.MAX_VALUE & -64);
        if (elementBytes % 64 != 0) {
            throw new IllegalArgumentException("elementBytes " + elementBytes + " is not a multiple of 64, a cache line");
        }
    }

    /**
     * The same for another number of hosts.
     *
     * @param count hosts in the ring
     * @return the changed copy
     */
    public RingConfig withHosts(final int count) {
        return new RingConfig(count, elements, elementBytes, pair);
    }

    /**
     * The same with other elements.
     *
     * @param count elements per host
     * @param bytes bytes of an element
     * @return the changed copy
     */
    public RingConfig withElements(final int count, final long bytes) {
        return new RingConfig(hosts, count, bytes, pair);
    }

    /**
     * The same with other connections.
     *
     * @param other timers and retries
     * @return the changed copy
     */
    public RingConfig withPair(final PairConfig other) {
        return new RingConfig(hosts, elements, elementBytes, other);
    }

    /**
     * Most payload bytes that one element carries.
     *
     * @return the bytes
     */
    public long payloadBytes() {
        return elementBytes - RingElementDescriptor.OVERHEAD;
    }

    /** What a host may have on its way at a time: one element less than it brings into the ring. */
    int mayInject() {
        return elements - 1;
    }

    /** Both queues hold everything that can be outstanding at once, so that a post never meets a full queue. */
    PairConfig pairForRing() {
        return pair.withDepths(2 * elements + 4, 0).withInline(Long.BYTES);
    }

    private static void range(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
