package dev.verbs.transport;

import dev.verbs.VerbsException;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.PrivateData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Undoes half a set-up after an exception. Nothing here throws: what goes wrong on the way is added to that exception, so that
 * the first cause is what the caller sees, and no step is skipped. Set-up calls, any thread.
 */
public final class Cleanup {
    private Cleanup() {
    }

    /**
     * Closes what was made before an exception came.
     *
     * @param reason    the exception; the caller throws it on
     * @param resources what to close, in this order; nulls are skipped
     */
    public static void after(final Throwable reason, final AutoCloseable... resources) {
        for (final AutoCloseable resource : resources) {
            if (resource != null) {
                try {
                    resource.close();
                } catch (final Throwable e) {
                    suppress(reason, e);
                }
            }
        }
    }

    /**
     * Refuses a connection request that was neither accepted nor rejected, in words: a peer that gets no answer waits for its
     * deadline, and the listener cannot be closed.
     *
     * @param request the request
     * @param reason  why; the caller throws it on. The peer is told its diagnosis or message
     */
    public static void refuse(final CmRequest request, final Throwable reason) {
        refuse(request, reason instanceof VerbsException e ? e.diagnosis() : String.valueOf(reason.getMessage()), reason);
    }

    /**
     * The same with words of the caller's.
     *
     * @param request the request
     * @param words   what to tell the peer, cut to what a rejection carries
     * @param reason  why; the caller throws it on
     */
    public static void refuse(final CmRequest request, final String words, final Throwable reason) {
        after(reason, () -> {
            final byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
            request.reject(Arrays.copyOf(bytes, Math.min(bytes.length, PrivateData.MAX_REJECT)));
        }, request);
    }

    private static void suppress(final Throwable reason, final Throwable e) {
        if (e != reason) {
            reason.addSuppressed(e);
        }
    }
}
