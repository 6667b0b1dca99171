package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.Context;
import dev.verbs.CompletionQueue;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a provider lists while resources are being made: a parent knows a child before the child knows itself. */
class HalfMadeTest {
    private static final int ROUNDS = 20_000;

    @Test
    void shouldListResourcesThatAreBeingMade() {
        final AtomicBoolean done = new AtomicBoolean();
        try (VerbsProvider provider = new SoftProvider(); Arena arena = Arena.ofShared(); Context context = Verbs.open(provider, null);
            ProtectionDomain domain = context.allocateProtectionDomain()) {
            final Waiting.Pending<Integer> lister = Waiting.start("lister", () -> {
                int most = 0;
                while (!done.get()) {
                    final List<String> live = provider.live();
                    most = Math.max(most, live.size());
                }
                return most;
            });
            try {
                make(context, domain, arena.allocate(64));
            } finally {
                done.set(true);
            }
            assertTrue(lister.get(Duration.ofSeconds(30)) > 2, "it saw nothing of what was made");
            assertEquals(2, provider.live().size(), () -> provider.live().toString());
        }
    }

    private static void make(final Context context, final ProtectionDomain domain, final MemorySegment memory) {
        final PortSelection port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        final AddressVector path = AddressVector.global(port.port(), port.gid().index(), port.gid().gid());
        for (int i = 0; i < ROUNDS; i++) {
            try (MemoryRegion region = domain.registerMemory(memory, 0);
                MemoryWindow window = domain.allocateMemoryWindow(MemoryWindowType.TYPE_2);
                AddressHandle handle = domain.createAddressHandle(path);
                CompletionQueue queue = context.createCompletionQueue(1, null)) {
                assertTrue(region.isOpen() && window.isOpen() && handle.isOpen() && queue.isOpen());
            }
        }
    }
}
