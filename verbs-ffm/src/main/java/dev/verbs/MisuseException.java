package dev.verbs;

/**
 * A program broke a rule of the API that costs too much to check always; thrown in the checking mode only (see
 * {@link Checking}). The message names both threads; the cause, where there is one, shows what the other one did. No C counterpart.
 */
public final class MisuseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * A broken rule. No C counterpart.
     *
     * @param message what was done by which threads, and the rule
     * @param cause   where the other thread was, null if that is not known
     */
    public MisuseException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /**
     * Two threads in a call that takes one at a time. No C counterpart.
     *
     * @param what  the call and its object
     * @param other the thread that was there first
     * @return the exception, with that thread's stack as its cause
     */
    public static MisuseException twoThreads(final String what, final Thread other) {
        final Throwable there = new Throwable("what " + other.getName() + " was doing");
        there.setStackTrace(other.getStackTrace());
        return new MisuseException(Thread.currentThread().getName() + " came into " + what + " while " + other.getName()
            + " was in it: one thread at a time", there);
    }
}
