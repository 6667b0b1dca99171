package dev.verbs;

/**
 * The checking mode, for finding misuse in a program under development: {@code -Ddev.verbs.check=true}. It detects
 * <ul>
 * <li>two threads in the same call of one queue (post sends, post receives, poll, ask for notification),</li>
 * <li>a batch of an extended queue that another thread goes on with, reads or ends,</li>
 * <li>a list of requests that is changed, or posted a second time, while another thread posts it,</li>
 * <li>use after close: a post or a poll that would return {@code CLOSED},</li>
 * </ul>
 * and throws {@link MisuseException} in the thread that finds it. Without it these checks are not there: the property is read
 * once, when the class is loaded, and the compiler removes what it switches. No C counterpart.
 */
public final class Checking {
    /** Name of the system property. No C counterpart. */
    public static final String PROPERTY = "dev.verbs.check";

    /** Whether the mode is on, for the life of the JVM. No C counterpart. */
    public static final boolean ON = Boolean.getBoolean(PROPERTY);

    private Checking() {
    }
}
