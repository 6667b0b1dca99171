package dev.verbs.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.Verbs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SharedPartsTest {
    private static final int NEVER_S = 60;

    @Test
    void shouldReportWhatACommandLeavesOpen() {
        final Session session = Session.open(CommandLine.populateCommand(new DeviceOptions(), "--provider", "soft"));
        try (Context context = Verbs.open(session.provider(), null)) {
            final CommandFailure failure = assertThrows(CommandFailure.class, session::close);
            assertTrue(failure.getMessage().contains("left open at the end: " + context.describe()), failure::getMessage);
        }
    }

    @Test
    void shouldCloseEverythingInReverseOrderEvenIfSomethingFails() {
        final List<String> closed = new ArrayList<>();
        final CloseStack stack = new CloseStack();
        final IllegalStateException one = new IllegalStateException("one");
        stack.add(() -> closed.add("first"));
        stack.add(() -> {
            closed.add("second");
            throw new IllegalStateException("two");
        });
        stack.add(() -> {
            closed.add("third");
            throw one;
        });
        assertSame(one, assertThrows(IllegalStateException.class, stack::close));
        assertEquals(List.of("third", "second", "first"), closed);
        assertEquals("two", one.getSuppressed()[0].getMessage());
    }

    @Test
    void shouldStopTheClientWhenTheServerFails() {
        final AtomicBoolean stopped = new AtomicBoolean();
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> TwoEnds.run(() -> {
            throw new CommandFailure("the server failed");
        }, () -> {
            assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await(NEVER_S, TimeUnit.SECONDS));
            stopped.set(true);
            return null;
        }));
        assertEquals("the server failed", failure.getMessage());
        assertTrue(stopped.get());
        assertFalse(Thread.interrupted(), "the interrupt was meant for the client");
    }

    @Test
    void shouldStopTheServerWhenTheClientFails() {
        final AtomicBoolean stopped = new AtomicBoolean();
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> TwoEnds.run(() -> {
            assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await(NEVER_S, TimeUnit.SECONDS));
            stopped.set(true);
            return null;
        }, () -> {
            throw new CommandFailure("the client failed");
        }));
        assertEquals("the client failed", failure.getMessage());
        assertTrue(stopped.get());
    }
}
