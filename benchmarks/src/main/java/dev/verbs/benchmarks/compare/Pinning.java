package dev.verbs.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the ends run. Both spin: on one CPU they would wait for the scheduler, and a figure would tell its time slice.
 *
 * @param client CPU of the clients, -1 for any
 * @param server CPU of the servers, -1 for any
 */
record Pinning(int client, int server) {
    static final Pinning NONE = new Pinning(-1, -1);

    List<String> client(final List<String> command) {
        return on(client, command);
    }

    List<String> server(final List<String> command) {
        return on(server, command);
    }

    static List<String> on(final int cpu, final List<String> command) {
        if (cpu < 0) {
            return List.copyOf(command);
        }
        final List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu)));
        pinned.addAll(command);
        return List.copyOf(pinned);
    }

    @Override
    public String toString() {
        return this.equals(NONE) ? "none" : "clients on CPU " + client + ", servers on CPU " + server;
    }
}
