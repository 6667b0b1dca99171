package dev.verbs;

/**
 * A set-up call that failed. Hot-path calls never throw it: they return named constants and completion statuses.
 *
 * <p>The message names the C verb, the errno by name and number, and the diagnosis: the value that was refused, the limit
 * it broke and what to do. C: {@code errno}.
 */
public class VerbsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The C verb. */
    private final String verb;
    /** The errno, positive. */
    private final int errno;
    /** The explanation. */
    private final String diagnosis;

    /**
     * A failure of {@code verb}. No C counterpart.
     *
     * @param verb      the C verb that failed, such as {@code ibv_reg_mr}
     * @param errno     the positive errno, 0 if the verb has none
     * @param diagnosis what was refused and why, and the fix
     */
    public VerbsException(final String verb, final int errno, final String diagnosis) {
        super(verb + " failed" + (errno == 0 ? "" : ": " + Errno.name(errno) + " (" + errno + ")") + ": " + diagnosis);
        this.verb = verb;
        this.errno = errno;
        this.diagnosis = diagnosis;
    }

    /**
     * The C verb that failed. No C counterpart.
     *
     * @return its name
     */
    public String verb() {
        return verb;
    }

    /**
     * The positive errno value. C: {@code errno}.
     *
     * @return the value, 0 if there is none
     */
    public int errno() {
        return errno;
    }

    /**
     * What was refused and why, and the fix. No C counterpart.
     *
     * @return the explanation alone, without verb and errno
     */
    public String diagnosis() {
        return diagnosis;
    }
}
