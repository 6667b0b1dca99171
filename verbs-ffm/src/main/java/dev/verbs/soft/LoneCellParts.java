package dev.verbs.soft;

/** What lies before the end of a {@link LoneCell}. */
final class LoneCellParts {
    private LoneCellParts() {
    }

    /** 64 bytes before the number. */
    @SuppressWarnings("unused")
    abstract static class Front {
        private long before0;
        private long before1;
        private long before2;
        private long before3;
        private long before4;
        private long before5;
        private long before6;
        private long before7;
    }

    /** The number. */
    abstract static class Middle extends Front {
        long value;
    }
}
