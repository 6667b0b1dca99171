package dev.verbs.examples.tools;

/**
 * One thing that the doctor looked at.
 *
 * @param level   how it is
 * @param subject what was looked at
 * @param found   what was found
 * @param fix     what to do, empty if nothing
 */
public record Finding(Level level, String subject, String found, String fix) {
    /** How something is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It works, or is not needed here; something may be better. */
        WARN,
        /** It does not work. */
        FAIL
    }

    static Finding ok(final String subject, final String found) {
        return new Finding(Level.OK, subject, found, "");
    }

    static Finding warn(final String subject, final String found, final String fix) {
        return new Finding(Level.WARN, subject, found, fix);
    }

    static Finding fail(final String subject, final String found, final String fix) {
        return new Finding(Level.FAIL, subject, found, fix);
    }
}
