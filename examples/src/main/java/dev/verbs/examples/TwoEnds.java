package dev.verbs.examples;

import java.util.concurrent.Callable;

/** Both ends of a conversation in this process, each on a thread of its own. */
public final class TwoEnds {
    private TwoEnds() {
    }

    /**
     * Runs the server on a new thread and the client on this one; if one fails, the other is interrupted.
     *
     * @param server one end
     * @param client the other end
     * @throws Exception what the first end that failed threw
     */
    public static void run(final Callable<?> server, final Callable<?> client) throws Exception {
        final Thread clientThread = Thread.currentThread();
        final Exception[] serverFailure = new Exception[1]; // written by the server's thread, read after join
        final Exception[] first = new Exception[1]; // guarded by itself
        final Thread serverThread = Thread.ofPlatform().name("server").start(() -> {
            try {
                server.call();
            } catch (final Exception e) {
                serverFailure[0] = e;
                keepFirst(first, e);
                clientThread.interrupt();
            }
        });
        try {
            client.call();
        } catch (final Exception e) {
            keepFirst(first, e);
            serverThread.interrupt();
        }
        join(serverThread);
        if (serverFailure[0] != null) {
            Thread.interrupted(); // meant for the client that is done
        }
        synchronized (first) {
            if (first[0] != null) {
                throw first[0];
            }
        }
    }

    private static void keepFirst(final Exception[] first, final Exception e) {
        synchronized (first) {
            if (first[0] == null) {
                first[0] = e;
            }
        }
    }

    private static void join(final Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (final InterruptedException e) {
                interrupted = true; // the server failed, or somebody wants us to stop: it will, by its deadline at the latest
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
