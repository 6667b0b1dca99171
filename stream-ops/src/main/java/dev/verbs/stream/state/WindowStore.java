package dev.verbs.stream.state;

import dev.verbs.stream.StreamException;
import dev.verbs.stream.WindowAssigner;
import dev.verbs.stream.WindowResultHandler;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What a leader has merged and not yet triggered: one growing table per open window. Owned by the leader's agent.
 *
 * <p>Tables of triggered windows are kept for windows to come, so the steady state allocates nothing.
 */
public final class WindowStore implements AutoCloseable {
    private static final int INITIAL_WINDOWS = 16;

    private final WindowAssigner assigner;
    private final int initialEntries;
    private final int entryBytes;
    private final Deque<StateTable> free = new ArrayDeque<>();
    private long[] ids = new long[INITIAL_WINDOWS];
    private StateTable[] tables = new StateTable[INITIAL_WINDOWS];
    private int open;
    private long firstOpenWindow = Long.MIN_VALUE;

    /**
     * An empty store.
     *
     * @param assigner       how event time is cut
     * @param initialEntries entries that a window has room for before it grows, at least 1
     * @param entryBytes     bytes per entry
     */
    public WindowStore(final WindowAssigner assigner, final int initialEntries, final int entryBytes) {
        this.assigner = assigner;
        this.initialEntries = initialEntries;
        this.entryBytes = entryBytes;
    }

    /**
     * The table of a window, made if there is none.
     *
     * @param window its id
     * @return a table with one partition
     * @throws StreamException if the window was triggered already: somebody broke the promise of its watermark
     */
    public StateTable tableOf(final long window) {
        final int found = Arrays.binarySearch(ids, 0, open, window);
        return found >= 0 ? tables[found] : open(window, -found - 1);
    }

    private StateTable open(final long window, final int at) {
        if (window < firstOpenWindow) {
            throw new StreamException("a delta holds state for the window at " + assigner.startOf(window)
                + " ms, which was triggered already: all windows before " + assigner.startOf(firstOpenWindow) + " ms were");
        }
        if (open == ids.length) {
            ids = Arrays.copyOf(ids, 2 * open);
            tables = Arrays.copyOf(tables, 2 * open);
        }
        System.arraycopy(ids, at, ids, at + 1, open - at);
        System.arraycopy(tables, at, tables, at + 1, open - at);
        ids[at] = window;
        tables[at] = free.isEmpty() ? new StateTable(1, initialEntries, entryBytes) : free.pop();
        open++;
        return tables[at];
    }

    /**
     * Triggers the earliest open window if a watermark says that it is complete.
     *
     * @param watermark the least watermark of all executors
     * @param kernel    the query
     * @param handler   who takes the results
     * @return 1 if a window was triggered, else 0
     */
    public int trigger(final long watermark, final OperatorKernel kernel, final WindowResultHandler handler) {
        firstOpenWindow = Math.max(firstOpenWindow, assigner.firstOpen(watermark));
        if (open == 0 || !isComplete(ids[0], watermark)) {
            return 0;
        }
        final StateTable table = tables[0];
        kernel.emit(table, assigner.startOf(ids[0]), handler);
        table.clear();
        free.push(table);
        open--;
        System.arraycopy(ids, 1, ids, 0, open);
        System.arraycopy(tables, 1, tables, 0, open);
        return 1;
    }

    private boolean isComplete(final long window, final long watermark) {
        return window < firstOpenWindow || watermark == WindowAssigner.END_OF_TIME;
    }

    /**
     * Windows that hold state.
     *
     * @return the count
     */
    public int openWindows() {
        return open;
    }

    @Override
    public void close() {
        for (int i = 0; i < open; i++) {
            tables[i].close();
        }
        open = 0;
        free.forEach(StateTable::close);
        free.clear();
    }
}
