package dev.verbs.benchmarks.paths;

/** What the benchmarks of a queue pair's life share: how it is opened, and how many a chunk makes. */
abstract class QueuePairs extends SideBySide {
    private static final int COUNT = 32;
    /** Each takes milliseconds there. */
    private static final int COUNT_IF_REAL = 4;

    /** Opens the device; the queue pairs are only created, or also taken to RTS. */
    final void open(final boolean modified) {
        open(Config.of(1));
        final int count = device().isReal() ? COUNT_IF_REAL : COUNT;
        final LibrarySetup java = new LibrarySetup(side());
        final BareSetup bare = device().hasC() ? new BareSetup(side().arena, c()) : null;
        sides(count, () -> c().queuePair(modified, count), () -> bare.queuePair(modified, count), () -> java.queuePair(modified, count));
    }
}
