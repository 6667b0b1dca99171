package dev.verbs.cm;

/**
 * Enhanced connection establishment: options that drivers of one vendor negotiate while they connect. C:
 * {@code struct ibv_ece}.
 *
 * <p>An answer carries the vendor id of the request, whatever the answering side has set, and its own options.
 *
 * @param vendorId identifies the vendor (its OUI), 24 bits; 0 if the peer said nothing [vendor_id]
 * @param options  the vendor's own bits [options]
 */
public record Ece(int vendorId, int options) {
    /** Nothing was negotiated. No C counterpart. */
    public static final Ece NONE = new Ece(0, 0);

    /** Checks the vendor id. */
    public Ece {
        if (vendorId < 0 || vendorId > 0xFF_FFFF) {
            throw new IllegalArgumentException("vendor id 0x" + Integer.toHexString(vendorId) + " has more than 24 bits");
        }
    }
}
