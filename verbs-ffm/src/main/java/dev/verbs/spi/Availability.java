package dev.verbs.spi;

/**
 * Whether a provider can be used here, and if not, why and what to do.
 *
 * @param usable whether it has a device that can be opened
 * @param reason what was found, or what is missing
 * @param fix    the command or setting that helps; empty if usable
 */
public record Availability(boolean usable, String reason, String fix) {
    /**
     * Usable.
     *
     * @param reason what was found
     * @return the answer
     */
    public static Availability yes(final String reason) {
        return new Availability(true, reason, "");
    }

    /**
     * Not usable.
     *
     * @param reason what is missing
     * @param fix    what to do
     * @return the answer
     */
    public static Availability no(final String reason, final String fix) {
        return new Availability(false, reason, fix);
    }

    @Override
    public String toString() {
        return fix.isEmpty() ? reason : reason + ": " + fix;
    }
}
