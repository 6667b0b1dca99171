package dev.verbs;

/**
 * What a user may say about the path: device, port, GID index and MTU; what is left out is chosen by {@link PortSelection}.
 * No C counterpart.
 *
 * @param device   name of the device, null for the first usable one
 * @param port     port, 0 for the first active one
 * @param gidIndex index in the GID table, -1 for the best one
 * @param mtuBytes path MTU in bytes, 0 for the active MTU
 */
public record PortOptions(String device, int port, int gidIndex, int mtuBytes) {
    /** Nothing said: everything is chosen. No C counterpart. */
    public static final PortOptions AUTOMATIC = new PortOptions(null, 0, -1, 0);

    /** Checks the values that no device accepts. */
    public PortOptions {
        if (port < 0) {
            throw new IllegalArgumentException("port " + port + " is negative: ports count from 1, 0 chooses");
        }
        if (gidIndex < -1) {
            throw new IllegalArgumentException("gid-index " + gidIndex + " is negative: indices count from 0, -1 chooses");
        }
        if (mtuBytes != 0) {
            Mtu.ofBytes(mtuBytes);
        }
    }
}
