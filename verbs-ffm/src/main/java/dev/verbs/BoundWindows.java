package dev.verbs;

/** Window and region of each bind of a list: what a request carries is a pointer, no more. By who fills the list. */
final class BoundWindows {
    private final MemoryWindow[] windows;
    private final MemoryRegion[] regions;

    BoundWindows(final int capacity) {
        this.windows = new MemoryWindow[capacity];
        this.regions = new MemoryRegion[capacity];
    }

    void set(final int index, final MemoryWindow window, final MemoryRegion region) {
        windows[index] = window;
        regions[index] = region;
    }

    /** The window that a request carries the pointer of, null if it is not the one that was set. */
    MemoryWindow window(final int index, final long handle) {
        final MemoryWindow window = windows[index];
        return window != null && window.handle() == handle ? window : null;
    }

    /** The region, likewise. */
    MemoryRegion region(final int index, final long handle) {
        final MemoryRegion region = regions[index];
        return region != null && region.handle() == handle ? region : null;
    }
}
