package dev.verbs.transport.ring;

/** A bounded FIFO of elements for one thread. */
final class ElementQueue {
    private final RingElement[] slots;
    private int head;
    private int size;

    ElementQueue(final int capacity) {
        this.slots = new RingElement[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == slots.length;
    }

    int size() {
        return size;
    }

    void add(final RingElement element) {
        if (size == slots.length) {
            throw new IllegalStateException("a queue of " + slots.length + " elements overflowed");
        }
        final int tail = head + size++;
        slots[tail < slots.length ? tail : tail - slots.length] = element;
    }

    RingElement peek() {
        return size == 0 ? null : slots[head];
    }

    RingElement poll() {
        if (size == 0) {
            return null;
        }
        final RingElement element = slots[head];
        slots[head] = null;
        head = head + 1 == slots.length ? 0 : head + 1;
        size--;
        return element;
    }
}
