package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.verbs.AccessFlags;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.MemoryAdvice;
import dev.verbs.MemoryChange;
import dev.verbs.MemoryRegion;
import dev.verbs.OdpFlags;
import dev.verbs.ProtectionDomain;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of one's own, memory of others, registering anew, paging on demand; and that data really goes there. */
class RegistrationContractTest extends VerbsTest {
    private static final int ALL = PairConfig.ALL_ACCESS;
    private static final int PAGE = 4096;
    private static final long IOVA = 0x7700_0000_0000L;

    private static MemorySegment pages(final int count) {
        return Arena.ofAuto().allocate((long)count * PAGE, PAGE);
    }

    /** Writes 16 bytes of side a's buffer to an address of side b. */
    private static Completion write(final Pair pair, final long address, final int rkey) {
        final Side a = pair.a();
        a.fill(0, 16, 7).sends().clear().write(1, a.at(0), 16, a.region().lkey(), address, rkey, SendFlags.SIGNALED);
        a.postSends();
        return a.awaitSend();
    }

    private static void written(final Pair pair, final MemorySegment memory, final long offset) {
        final Side a = pair.a();
        if (!a.context().device().guarantees().completionMeansRemote()) {
            Waiting.until(TestProvider.deadline(), () -> a.buffer().asSlice(0, 16).mismatch(memory.asSlice(offset, 16)) == -1);
        }
        assertEquals(-1, pair.a().buffer().asSlice(0, 16).mismatch(memory.asSlice(offset, 16)), "written bytes");
    }

    private static void denied(final Pair pair, final Completion completion) {
        final Context context = pair.a().context();
        assume(context.device().guarantees().checksRemoteKeyAtCompletion(), context, "errors of remote keys in completions");
        completion.expectError(1, WcStatus.REM_ACCESS_ERR, pair.a().qp().number());
    }

    @Test
    @Covers("ibv_reg_mr_iova")
    void shouldLetPeersUseTheAddressThatWasChosen() {
        final Pair pair = pair();
        final MemorySegment memory = pages(2);
        final MemoryRegion region = choose(pair.b(), memory, IOVA, ALL);
        assertEquals(IOVA, region.address());
        assertEquals(memory, region.segment());
        write(pair, IOVA + 100, region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, memory, 100);
    }

    @Test
    @Covers("ibv_reg_mr_iova")
    void shouldUseTheChosenAddressInLocalEntries() {
        final Pair pair = pair();
        final Side a = pair.a();
        final MemorySegment memory = pages(1);
        final MemoryRegion region = choose(a, memory, IOVA, ALL);
        memory.set(ValueLayout.JAVA_LONG, 64, 0x1122);
        a.sends().clear().write(1, IOVA + 64, 8, region.lkey(), pair.b().at(0), pair.b().region().rkey(), SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        assertEquals(0x1122, pair.b().buffer().get(ValueLayout.JAVA_LONG, 0));
        pair.b().receive(2, 0, 64);
    }

    @Test
    void shouldRefuseWhereTheMemoryLiesIfAnotherAddressWasChosen() {
        final Pair pair = pair();
        final MemorySegment memory = pages(1);
        final MemoryRegion region = choose(pair.b(), memory, IOVA, ALL);
        denied(pair, write(pair, memory.address(), region.rkey()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, PAGE - 15})
    void shouldCheckTheBoundsOfChosenAddresses(final long offset) {
        final Pair pair = pair();
        final MemoryRegion region = choose(pair.b(), pages(1), IOVA, ALL);
        denied(pair, write(pair, IOVA + offset, region.rkey()));
    }

    @Test
    void shouldTakeAChosenAddressWithTheSameOffsetInThePage() {
        final Pair pair = pair();
        final MemorySegment memory = pages(2).asSlice(123, PAGE);
        final MemoryRegion region = choose(pair.b(), memory, IOVA + 123, ALL);
        write(pair, IOVA + 123, region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, memory, 0);
    }

    /** Registers under another address than the memory's; a device that cannot (siw) says so. */
    private MemoryRegion choose(final Side side, final MemorySegment memory, final long iova, final int access) {
        try {
            return own((access & AccessFlags.ZERO_BASED) != 0 ? side.domain().registerMemory(memory, access)
                : side.domain().registerMemory(memory, iova, access));
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, side.context(), "addresses that were chosen");
            throw e;
        }
    }

    @Test
    void shouldRefuseAChosenAddressWithAnotherOffsetInThePage() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        Refusal.of(Errno.EINVAL, () -> domain.registerMemory(pages(1), IOVA + 8, ALL), "page");
    }

    @Test
    @Covers("ibv_reg_mr_iova")
    void shouldCountFromZero() {
        final Pair pair = pair();
        final MemorySegment memory = pages(1);
        final MemoryRegion region = choose(pair.b(), memory, 0, ALL | AccessFlags.ZERO_BASED);
        assertEquals(0, region.address());
        write(pair, 32, region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, memory, 32);
        denied(pair, write(pair, PAGE - 15, region.rkey()));
    }

    @Test
    void shouldRefuseToCountFromZeroWhereNoPageStarts() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        Refusal.of(Errno.EINVAL, () -> domain.registerMemory(pages(2).asSlice(8, 64), ALL | AccessFlags.ZERO_BASED), "page");
    }

    @Test
    @Covers("ibv_reg_mr_iova2")
    void shouldIgnoreRelaxedOrderingWhereItIsUnknown() {
        final Pair pair = pair();
        final MemorySegment memory = pages(1);
        final MemoryRegion region = own(pair.b().domain().registerMemory(memory, ALL | AccessFlags.RELAXED_ORDERING));
        final MemoryRegion chosen = choose(pair.b(), memory, IOVA, ALL | AccessFlags.RELAXED_ORDERING);
        write(pair, region.address(), region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        write(pair, IOVA + 64, chosen.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, memory, 0);
        written(pair, memory, 64);
    }

    @Test
    void shouldRegisterAnyLengthAtAnyAddress() {
        final Pair pair = pair();
        final MemorySegment memory = pages(2).asSlice(PAGE - 13, 29);
        final MemoryRegion region = own(pair.b().domain().registerMemory(memory, ALL));
        write(pair, region.address() + 13, region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, memory, 13);
        denied(pair, write(pair, region.address() + 14, region.rkey()));
    }

    @Test
    @SuppressWarnings("restricted")
    void shouldRegisterMemoryThatItDoesNotOwn() {
        final Pair pair = pair();
        final MemorySegment owned = pages(1);
        final MemorySegment foreign = MemorySegment.ofAddress(owned.address()).reinterpret(PAGE);
        final MemoryRegion region = own(pair.b().domain().registerMemory(foreign, ALL));
        write(pair, region.address(), region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, owned, 0);
    }

    @Test
    void shouldCloseOneOfTwoOverlappingRegionsOnly() {
        final Pair pair = pair();
        final MemorySegment memory = pages(3);
        final MemoryRegion low = own(pair.b().domain().registerMemory(memory.asSlice(0, 2 * PAGE), ALL));
        final MemoryRegion high = own(pair.b().domain().registerMemory(memory.asSlice(PAGE, 2 * PAGE), ALL));
        low.close();
        write(pair, high.address(), high.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, memory, PAGE);
        denied(pair, write(pair, high.address(), low.rkey()));
    }

    private interface Mapped {
        void use(MemorySegment memory, Path file) throws IOException;
    }

    private static void map(final FileChannel.MapMode mode, final Mapped use) throws IOException {
        final Path file = Files.createTempFile("mapped", ".bin");
        Files.write(file, new byte[2 * PAGE]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Arena arena = Arena.ofShared()) {
            use.use(channel.map(mode, 0, 2 * PAGE, arena), file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldWriteIntoAMappedFile() throws IOException {
        final Pair pair = pair();
        map(FileChannel.MapMode.READ_WRITE, (memory, file) -> {
            try (MemoryRegion region = pair.b().domain().registerMemory(memory, ALL)) {
                write(pair, region.address() + 5000, region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
                written(pair, memory, 5000);
            }
            assertEquals(-1, pair.a().buffer().asSlice(0, 16)
                .mismatch(MemorySegment.ofArray(Files.readAllBytes(file)).asSlice(5000, 16)), "in the file");
        });
    }

    @Test
    void shouldKeepAPrivateMappingPrivate() throws IOException {
        final Pair pair = pair();
        map(FileChannel.MapMode.PRIVATE, (memory, file) -> {
            try (MemoryRegion region = pair.b().domain().registerMemory(memory, ALL)) {
                write(pair, region.address(), region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
                written(pair, memory, 0);
            }
            assertEquals(-1, MemorySegment.ofArray(new byte[2 * PAGE]).mismatch(MemorySegment.ofArray(Files.readAllBytes(file))));
        });
    }

    /** Linux 6.1 pins for writing whatever the access: EFAULT, with the mapping named. Devices that pin nothing take it. */
    @Test
    void shouldReadAReadOnlyMappingOrSayWhyNot() throws IOException {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        map(FileChannel.MapMode.READ_ONLY, (memory, file) -> {
            try {
                domain.registerMemory(memory, AccessFlags.REMOTE_READ).close();
            } catch (final VerbsException e) {
                assertEquals(Errno.EFAULT, e.errno(), e.getMessage());
                Refusal.says(e, "r--s", file.getFileName().toString(), "read-only");
            }
        });
    }

    /** The software device cannot know what is mapped: it would find out when it touches it. */
    @Test
    @SuppressWarnings("restricted")
    void shouldSayThatNothingIsMappedThere() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        assume(!TestProvider.isSoft(), domain.context(), "to look at page tables");
        final MemorySegment nothing = MemorySegment.ofAddress(PAGE).reinterpret(PAGE);
        Refusal.of(Errno.EFAULT, () -> domain.registerMemory(nothing, ALL), "nothing is mapped at 0x1000");
        assertEquals(0, provider().registeredBytes());
    }

    @Test
    void shouldRegisterPagesThatWereNeverTouched() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        try (Arena arena = Arena.ofShared()) {
            domain.registerMemory(arena.allocate(4L << 20, PAGE), ALL).close();
        }
    }

    private static long odp(final ProtectionDomain domain) {
        return domain.context().queryDeviceEx().odp().general();
    }

    @Test
    void shouldPageOnDemandOrSayThatItCannot() {
        final Pair pair = pair();
        final ProtectionDomain domain = pair.b().domain();
        if ((odp(domain) & OdpFlags.SUPPORT) == 0) {
            Refusal.of(Errno.EOPNOTSUPP, () -> domain.registerMemory(pages(1), ALL | AccessFlags.ON_DEMAND), "paging on demand",
                "leave ON_DEMAND out");
        } else {
            final MemorySegment memory = pages(4);
            final MemoryRegion region = own(domain.registerMemory(memory, ALL | AccessFlags.ON_DEMAND));
            region.advise(MemoryAdvice.PREFETCH_WRITE, 0, PAGE, true);
            write(pair, region.address(), region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
            written(pair, memory, 0);
        }
    }

    @Test
    void shouldRegisterTheAddressSpaceOrSayThatItCannot() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        if ((odp(domain) & OdpFlags.IMPLICIT) == 0) {
            Refusal.of(Errno.EOPNOTSUPP, () -> domain.registerAddressSpace(ALL), "on demand");
        } else {
            own(domain.registerAddressSpace(ALL));
        }
        assertEquals(0, provider().registeredBytes());
    }

    @ParameterizedTest
    @EnumSource(MemoryAdvice.class)
    void shouldSayThatItTakesNoAdvice(final MemoryAdvice advice) {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        assume((odp(domain) & OdpFlags.SUPPORT) == 0, domain.context(), "to refuse advice");
        final MemoryRegion region = own(domain.registerMemory(pages(1), ALL));
        Refusal.of(Errno.EOPNOTSUPP, () -> region.advise(advice, 0, PAGE, false), "paging on demand");
    }

    @Test
    void shouldRefuseAdviceBeyondTheRegion() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        final MemoryRegion region = own(domain.registerMemory(pages(1), ALL));
        assertThrows(IndexOutOfBoundsException.class, () -> region.advise(MemoryAdvice.PREFETCH, 1, PAGE, false));
        assertThrows(IndexOutOfBoundsException.class, () -> region.advise(MemoryAdvice.PREFETCH, -1, 1, false));
    }

    /** Registers anew; a device that cannot (rdma_rxe of Linux 6.1) says so, and the region stays as it was. */
    private boolean reregister(final MemoryRegion region, final MemoryChange change) {
        try {
            region.reregister(change);
            return true;
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, region.protectionDomain().context(), "to register anew");
            throw e;
        }
    }

    @Test
    void shouldSayThatItCannotRegisterAnew() {
        final Pair pair = pair();
        assume(!TestProvider.isSoft() || Driver.of(pair.b().context()) != Driver.OTHER, pair.b().context(), "not to register anew");
        try {
            pair.b().region().reregister(MemoryChange.NONE.withAccess(AccessFlags.LOCAL_WRITE));
        } catch (final VerbsException e) {
            assertEquals(Errno.EOPNOTSUPP, e.errno(), e.getMessage());
            assertEquals(ALL, pair.b().region().access());
            write(pair, pair.b().at(0), pair.b().region().rkey()).expect(1, WcOpcode.RDMA_WRITE);
        }
    }

    @Test
    void shouldTakeAccessAwayByRegisteringAnew() {
        final Pair pair = pair();
        reregister(pair.b().region(), MemoryChange.NONE.withAccess(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_READ));
        assertEquals(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_READ, pair.b().region().access());
        pair.a().read(3, 0, 16, pair.b(), 0);
        pair.a().awaitSend().expect(3, WcOpcode.RDMA_READ);
        denied(pair, write(pair, pair.b().at(0), pair.b().region().rkey()));
    }

    @Test
    void shouldCoverOtherMemoryAfterRegisteringAnew() {
        final Pair pair = pair();
        final MemoryRegion region = own(pair.b().domain().registerMemory(pages(1), ALL));
        final MemorySegment other = pages(2);
        reregister(region, MemoryChange.NONE.withMemory(other));
        assertEquals(other, region.segment());
        assertEquals(2 * PAGE, region.length());
        write(pair, other.address() + PAGE, region.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        written(pair, other, PAGE);
    }

    @Test
    void shouldRefuseTheOldMemoryAfterRegisteringAnew() {
        final Pair pair = pair();
        final MemorySegment old = pages(1);
        final MemoryRegion region = own(pair.b().domain().registerMemory(old, ALL));
        reregister(region, MemoryChange.NONE.withMemory(pages(1)));
        denied(pair, write(pair, old.address(), region.rkey()));
        assertEquals(0, old.get(ValueLayout.JAVA_LONG, 0));
    }

    @Test
    void shouldMoveToAnotherDomain() {
        final Pair pair = pair();
        final ProtectionDomain second = own(pair.b().context().allocateProtectionDomain());
        final MemoryRegion region = own(second.registerMemory(pages(1), ALL));
        denied(pair, write(pair, region.address(), region.rkey()));
        final Pair next = pair();
        final ProtectionDomain third = own(next.b().context().allocateProtectionDomain());
        final MemoryRegion moved = own(third.registerMemory(pages(1), ALL));
        reregister(moved, MemoryChange.NONE.withDomain(next.b().domain()));
        assertEquals(next.b().domain(), moved.protectionDomain());
        third.close(); // nothing is in it any more
        write(next, moved.address(), moved.rkey()).expect(1, WcOpcode.RDMA_WRITE);
    }

    @Test
    void shouldNotMoveToADomainOfAnotherContext() {
        final Pair pair = pair();
        Refusal.of(Errno.EINVAL, () -> pair.b().region().reregister(MemoryChange.NONE.withDomain(pair.a().domain())), "context");
        assertEquals(pair.b().domain(), pair.b().region().protectionDomain());
    }

    @Test
    void shouldRefuseAccessThatContradictsItselfWhenRegisteringAnew() {
        final Pair pair = pair();
        Refusal.of(Errno.EINVAL, () -> pair.b().region().reregister(MemoryChange.NONE.withAccess(AccessFlags.REMOTE_WRITE)),
            "LOCAL_WRITE");
        assertEquals(ALL, pair.b().region().access());
    }

    @Test
    void shouldRefuseMemoryThatCannotBeRegisteredWhenRegisteringAnew() {
        final Pair pair = pair();
        assertThrows(IllegalArgumentException.class,
            () -> pair.b().region().reregister(MemoryChange.NONE.withMemory(MemorySegment.ofArray(new byte[64]))));
        assertNotEquals(64, pair.b().region().length());
    }

    @Test
    void shouldNotRegisterAnewUnderWork() {
        final Pair pair = pair();
        pair.b().receive(1, 0, 64);
        Refusal.of(Errno.EBUSY, () -> pair.b().region().reregister(MemoryChange.NONE.withAccess(AccessFlags.LOCAL_WRITE)),
            pair.b().qp().describe());
    }

    @Test
    void shouldNotRegisterAnewWhatIsClosed() {
        final MemoryRegion region = own(own(openContext().allocateProtectionDomain()).registerMemory(pages(1), ALL));
        region.close();
        Refusal.of(Errno.EBADF, () -> region.reregister(MemoryChange.NONE.withAccess(0)), "closed");
        Refusal.of(Errno.EBADF, () -> region.advise(MemoryAdvice.PREFETCH, 0, 1, false), "closed");
    }
}
