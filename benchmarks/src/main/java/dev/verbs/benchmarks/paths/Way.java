package dev.verbs.benchmarks.paths;

/** What is done to a list before it is posted; the order is that of loops.c. */
public enum Way {
    /** Nothing: the same requests again. */
    PREPARED,
    /** wr_id, local address, length and remote address of each request are new. */
    PATCHED,
    /** The list is made anew. */
    BUILT
}
