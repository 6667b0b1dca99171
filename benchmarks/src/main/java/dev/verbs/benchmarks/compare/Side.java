package dev.verbs.benchmarks.compare;

/** Who is measured: the client and the server are always of the same side. */
enum Side {
    C, JAVA;

    String title() {
        return this == C ? "C" : "Java";
    }
}
