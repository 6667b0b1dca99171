package dev.verbs.transport.channel;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.memory.RemoteBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the two ends of a channel say when they connect: the producer sends it with the request, the consumer with the
 * acceptance. 44 bytes in network order, within a request's private data:
 *
 * <pre>
 *   0      4         5      6      8    10  12       16      20          24             44
 *   | VWCH | version | kind | from | to | 0 | number | slots | slotBytes | RemoteBuffer |
 * </pre>
 *
 * <p>Producer: the buffer is its credit word. Consumer: its ring.
 *
 * @param kind      {@link #PRODUCER} or {@link #CONSUMER}
 * @param id        which channel
 * @param slots     slots of the queue
 * @param slotBytes bytes of a slot
 * @param buffer    what the peer writes to
 */
public record ChannelHello(byte kind, ChannelId id, int slots, int slotBytes, RemoteBuffer buffer) {
    /** Bytes on the wire. */
    public static final int WIRE_BYTES = 44;

    /** Sent by a producer. */
    public static final byte PRODUCER = 1;

    /** Sent by a consumer. */
    public static final byte CONSUMER = 2;

    private static final byte[] MAGIC = "VWCH".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int VERSION_AT = 4;
    private static final int KIND_AT = 5;
    private static final int FROM_AT = 6;
    private static final int TO_AT = 8;
    private static final int NUMBER_AT = 12;
    private static final int SLOTS_AT = 16;
    private static final int SLOT_BYTES_AT = 20;
    private static final int BUFFER_AT = 24;

    /**
     * The wire form.
     *
     * @return {@link #WIRE_BYTES} bytes
     */
    public byte[] toBytes() {
        final byte[] bytes = new byte[WIRE_BYTES];
        ByteBuffer.wrap(bytes).put(MAGIC).put(VERSION).put(kind).putShort(FROM_AT, (short)id.from())
            .putShort(TO_AT, (short)id.to()).putInt(NUMBER_AT, id.number()).putInt(SLOTS_AT, slots)
            .putInt(SLOT_BYTES_AT, slotBytes);
        buffer.writeTo(bytes, BUFFER_AT);
        return bytes;
    }

    /**
     * Reads the wire form.
     *
     * @param bytes what the peer said
     * @return the hello
     * @throws VerbsException (EINVAL) if the peer speaks something else: the message says what came
     */
    public static ChannelHello of(final byte[] bytes) {
        if (bytes.length != WIRE_BYTES || !startsWithMagic(bytes)) {
            throw new VerbsException("channel hello", Errno.EINVAL, bytes.length + " bytes that are not a hello of "
                + WIRE_BYTES + " bytes: the peer is no write channel");
        }
        if (bytes[VERSION_AT] != VERSION) {
            throw new VerbsException("channel hello", Errno.EINVAL, "the peer speaks version " + bytes[VERSION_AT]
                + " of the write channel, this side " + VERSION + ": run the same release on both");
        }
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final ChannelId id = new ChannelId(in.getShort(FROM_AT) & 0xFFFF, in.getShort(TO_AT) & 0xFFFF, in.getInt(NUMBER_AT));
        return new ChannelHello(bytes[KIND_AT], id, in.getInt(SLOTS_AT), in.getInt(SLOT_BYTES_AT),
            RemoteBuffer.readFrom(bytes, BUFFER_AT));
    }

    private static boolean startsWithMagic(final byte[] bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks that the peer is the other end of a channel like this one.
     *
     * @param expected {@link #PRODUCER} or {@link #CONSUMER}
     * @param config   this side's configuration
     * @param least    bytes that the peer's buffer must have
     * @throws VerbsException (EINVAL) if not: the message says what differs
     */
    void check(final byte expected, final WriteChannelConfig config, final long least) {
        if (kind != expected) {
            throw mismatch("the peer is of kind " + kind + ", not " + expected + " (1 producer, 2 consumer)");
        }
        if (slots != config.slots() || slotBytes != config.slotBytes()) {
            throw mismatch("the peer has " + slots + " slots of " + slotBytes + " bytes, this side " + config.slots() + " of "
                + config.slotBytes() + ": give both the same configuration");
        }
        if (buffer.length() < least || (buffer.address() & Long.BYTES - 1) != 0) {
            throw mismatch("the peer offers " + buffer + ": at least " + least + " bytes, aligned to 8, are needed");
        }
    }

    private VerbsException mismatch(final String what) {
        return new VerbsException("channel hello", Errno.EINVAL, "channel " + id + ": " + what);
    }
}
