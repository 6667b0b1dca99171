package dev.verbs.ibv;

import dev.verbs.VerbsResource;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What of a context asynchronous events can be about, by C pointer. Any thread. */
final class IbvElements {
    private final Map<Long, VerbsResource> byPointer = new ConcurrentHashMap<>();

    void add(final MemorySegment pointer, final VerbsResource element) {
        byPointer.put(pointer.address(), element);
    }

    /** After it was destroyed: another element may have the address by now, and stays. */
    void remove(final MemorySegment pointer, final VerbsResource element) {
        byPointer.remove(pointer.address(), element);
    }

    /** The open element at a pointer, null if there is none. */
    VerbsResource find(final MemorySegment pointer) {
        return byPointer.get(pointer.address());
    }
}
