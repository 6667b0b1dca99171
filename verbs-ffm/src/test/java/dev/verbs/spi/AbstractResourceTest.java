package dev.verbs.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who can be closed while something moves or is passed to the device. */
class AbstractResourceTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final class Node extends AbstractResource {
        private final String name;

        Node(final String name, final AbstractResource... parents) {
            super(parents);
            this.name = name;
        }

        void move(final Node from, final Node to, final Runnable device) {
            moveTo(from, to, device);
        }

        static void pass(final List<Node> others, final Runnable device) {
            whileOpen("pass", others, () -> {
                device.run();
                return null;
            });
        }

        @Override
        public String describe() {
            return name;
        }

        @Override
        protected String closeVerb() {
            return "close";
        }

        @Override
        protected void release() {
        }
    }

    private final Node from = new Node("from");
    private final Node to = new Node("to");
    private final Node child = new Node("child", from);

    private static void refusesToClose(final Node node) {
        assertEquals(Errno.EBUSY, assertThrows(VerbsException.class, node::close).errno(), node.describe());
        assertTrue(node.isOpen());
    }

    @Test
    void shouldKeepBothParentsOpenWhileTheDeviceMovesAChild() {
        child.move(from, to, () -> {
            refusesToClose(from);
            refusesToClose(to);
        });
    }

    @Test
    void shouldFreeTheOldParentOnceMoved() {
        child.move(from, to, () -> { });
        from.close();
        refusesToClose(to);
        child.close();
        to.close();
    }

    @Test
    void shouldStayWhereItWasWhenTheDeviceRefusesToMove() {
        assertThrows(IllegalStateException.class, () -> child.move(from, to, () -> {
            throw new IllegalStateException("refused");
        }));
        to.close();
        refusesToClose(from);
        child.close();
        from.close();
    }

    @Test
    void shouldNotMoveToWhatIsClosed() {
        to.close();
        final VerbsException refused = assertThrows(VerbsException.class, () -> child.move(from, to, () -> {
            throw new AssertionError("the device was asked");
        }));
        assertEquals(Errno.EBADF, refused.errno());
        refusesToClose(from);
    }

    @Test
    void shouldWaitWithACloseUntilWhatItWasPassedToReturns() throws Exception {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch over = new CountDownLatch(1);
        final Node other = new Node("other");
        final Waiting.Pending<Boolean> call = Waiting.start("call", () -> {
            Node.pass(List.of(to, other), () -> {
                inside.countDown();
                Waiting.until(DEADLINE, () -> over.getCount() == 0);
            });
            return to.isOpen() || other.isOpen();
        });
        inside.await();
        final Waiting.Pending<Boolean> closer = Waiting.start("closer", () -> {
            other.close();
            return true;
        });
        Waiting.until(Duration.ofMillis(20), () -> !other.isOpen());
        assertTrue(other.isOpen(), "it was closed under a call");
        over.countDown();
        assertTrue(call.get(DEADLINE));
        assertTrue(closer.get(DEADLINE));
        assertFalse(other.isOpen());
        assertEquals(Errno.EBADF, assertThrows(VerbsException.class, () -> Node.pass(List.of(to, other), () -> { })).errno());
        to.close();
    }
}
