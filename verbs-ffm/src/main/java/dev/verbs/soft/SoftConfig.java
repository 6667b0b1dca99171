package dev.verbs.soft;

import java.util.Objects;

/**
 * How a software device is made.
 *
 * @param profile which real device it is like
 */
public record SoftConfig(SoftProfile profile) {
    /** The strict profile. */
    public static final SoftConfig DEFAULT = new SoftConfig(SoftProfile.STRICT);

    /** Checks the values. */
    public SoftConfig {
        Objects.requireNonNull(profile, "profile");
    }

    /**
     * The configuration that the system properties describe: {@link SoftProfile#PROPERTY}, and the default for what is not set.
     *
     * @return the configuration
     * @throws IllegalArgumentException if a value is unknown, with the values that there are
     */
    public static SoftConfig fromProperties() {
        final String name = System.getProperty(SoftProfile.PROPERTY);
        try {
            return name == null ? DEFAULT : new SoftConfig(SoftProfile.of(name));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("-D" + SoftProfile.PROPERTY + "=" + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The same with another profile.
     *
     * @param other which real device it is like
     * @return the configuration
     */
    public SoftConfig withProfile(final SoftProfile other) {
        return new SoftConfig(other);
    }
}
