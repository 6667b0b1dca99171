package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.ProtectionDomain;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WindowBinding;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.ValueLayout;

/** What tests of windows share: side b binds, side a uses the key. */
abstract class WindowTest extends VerbsTest {
    static final int SIGNALED = SendFlags.SIGNALED;
    static final int REMOTE = AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ;
    static final int QP_ACCESS = PairConfig.ALL_ACCESS | AccessFlags.REMOTE_ATOMIC;
    static final int BINDABLE = QP_ACCESS | AccessFlags.MW_BIND;
    static final long START = 4096;
    static final long LENGTH = 1024;

    static PairConfig config() {
        return PairConfig.DEFAULT.withAccess(BINDABLE, QP_ACCESS);
    }

    /** Two connected sides whose regions take windows. */
    final Pair windowPair() {
        return pair(config());
    }

    /** A window, closed after the test; a device without windows skips it. */
    final MemoryWindow window(final ProtectionDomain domain, final MemoryWindowType type) {
        try {
            return own(domain.allocateMemoryWindow(type));
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, domain.context(), "memory windows of " + type);
            throw e;
        }
    }

    final MemoryWindow window(final Side side, final MemoryWindowType type) {
        return window(side.domain(), type);
    }

    /** 1 KiB of the side's region. */
    static WindowBinding part(final Side side, final int access) {
        return WindowBinding.of(side.region(), START, LENGTH, access);
    }

    /** Binds a window of either type, and waits until it is bound. */
    static void bind(final Side side, final MemoryWindow window, final WindowBinding binding) {
        post(side, 7, window, binding);
        side.awaitSend().expect(7, WcOpcode.BIND_MW);
    }

    /** Posts a bind of either type. */
    static void post(final Side side, final long wrId, final MemoryWindow window, final WindowBinding binding) {
        post(side, wrId, window, binding, SIGNALED);
    }

    static void post(final Side side, final long wrId, final MemoryWindow window, final WindowBinding binding, final int flags) {
        if (window.type() == MemoryWindowType.TYPE_1) {
            window.bind(side.qp(), binding, wrId, flags);
        } else {
            final int next = window.nextRkey();
            side.sends().clear().bindWindow(wrId, window, next, binding, flags);
            side.postSends();
            window.bound(next);
        }
    }

    /** Expects that a bind is refused by the device. */
    static void refused(final Side side, final MemoryWindow window, final WindowBinding binding) {
        post(side, 8, window, binding);
        side.awaitSend().expectError(8, bindError(side), side.qp().number());
    }

    static WcStatus bindError(final Side side) {
        return DeviceProfile.of(side.context()).unknownOpcode() == WcStatus.WR_FLUSH_ERR ? WcStatus.WR_FLUSH_ERR
            : WcStatus.MW_BIND_ERR;
    }

    /** Invalidates at the side that bound. */
    static void invalidate(final Side side, final int rkey) {
        side.sends().clear().localInvalidate(9, rkey, SIGNALED);
        side.postSends();
        side.awaitSend().expect(9, WcOpcode.LOCAL_INV);
    }

    /** Writes 8 bytes to an address under a key. */
    static Completion write(final Side from, final long address, final int rkey) {
        return write(from, address, 8, rkey);
    }

    static Completion write(final Side from, final long address, final long length, final int rkey) {
        from.sends().clear().write(1, from.at(0), length, from.region().lkey(), address, rkey, SIGNALED);
        from.postSends();
        return from.awaitSend();
    }

    /** Reads 8 bytes from an address under a key. */
    static Completion read(final Side to, final long address, final int rkey) {
        to.sends().clear().read(2, to.at(0), 8, to.region().lkey(), address, rkey, SIGNALED);
        to.postSends();
        return to.awaitSend();
    }

    /** Expects that the key opens the first 8 bytes of {@link #part} for writing. */
    static void opens(final Pair pair, final int rkey) {
        pair.a().buffer().set(ValueLayout.JAVA_LONG, 0, 0xCAFE + rkey);
        write(pair.a(), pair.b().at(START), rkey).expect(1, WcOpcode.RDMA_WRITE);
        assertEquals(0xCAFE + rkey, pair.b().buffer().get(ValueLayout.JAVA_LONG, START));
    }

    /** Expects that an access failed, and changed nothing at the responder. */
    static void denied(final Pair pair, final Completion completion) {
        completion.expectError(completion.wrId(), WcStatus.REM_ACCESS_ERR, pair.a().qp().number());
        assertEquals(0, pair.b().buffer().get(ValueLayout.JAVA_LONG, START), "changed");
    }

    /** Expects that the key does not open the first 8 bytes of {@link #part}. */
    static void closed(final Pair pair, final int rkey) {
        pair.b().buffer().set(ValueLayout.JAVA_LONG, START, 0);
        pair.a().buffer().set(ValueLayout.JAVA_LONG, 0, -1);
        denied(pair, write(pair.a(), pair.b().at(START), rkey));
    }

    /** A region of a domain over the side's buffer. */
    final MemoryRegion region(final Side side, final ProtectionDomain domain, final int access) {
        return own(domain.registerMemory(side.buffer(), access));
    }
}
