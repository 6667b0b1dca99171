package dev.verbs.ibv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.ibv.DriverLinkage.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which drivers are called as critical: those known to stay in user space, and those that the user names. */
class DriverLinkageTest {
    private static final String PROVIDERS = "/usr/lib/x86_64-linux-gnu/libibverbs/";

    @ParameterizedTest
    @ValueSource(strings = {"libmlx5-rdmav34.so", "libmlx4-rdmav34.so", "libefa-rdmav34.so", "libmlx5.so.1.24.44.0"})
    void shouldCallHardwareDirectly(final String library) {
        for (final Call call : Call.values()) {
            assertTrue(DriverLinkage.isCritical(PROVIDERS + library, call, "auto"));
            assertFalse(DriverLinkage.isCritical(PROVIDERS + library, call, "never"));
        }
    }

    /** Their doorbells transmit in the kernel; receives and completions lie in rings that it shares. */
    @ParameterizedTest
    @ValueSource(strings = {"librxe-rdmav34.so", "libsiw-rdmav34.so"})
    void shouldCallWhatStaysInUserSpaceDirectly(final String library) {
        assertFalse(DriverLinkage.isCritical(PROVIDERS + library, Call.SENDS, "auto"));
        assertTrue(DriverLinkage.isCritical(PROVIDERS + library, Call.RECEIVES_AND_POLLS, "auto"));
        assertFalse(DriverLinkage.isCritical(PROVIDERS + library, Call.RECEIVES_AND_POLLS, "never"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"libhfi1verbs-rdmav34.so", "libipathverbs-rdmav34.so", "libhns-rdmav34.so", "libirdma-rdmav34.so",
        "libibverbs.so.1"})
    void shouldNotHoldUpSafepointsInTheKernel(final String library) {
        for (final Call call : Call.values()) {
            assertFalse(DriverLinkage.isCritical(PROVIDERS + library, call, "auto"));
            assertFalse(DriverLinkage.isCritical(PROVIDERS + library, call, ""));
            assertFalse(DriverLinkage.isCritical(PROVIDERS + library, call, "libother,,"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnew", "libother,libnew-rdmav34.so", "/opt/ofed/libnew-rdmav34.so"})
    void shouldTakeWhatTheUserNames(final String setting) {
        assertTrue(DriverLinkage.isCritical("/opt/ofed/libnew-rdmav34.so", Call.SENDS, setting));
        assertTrue(DriverLinkage.isCritical(PROVIDERS + "libmlx5-rdmav34.so", Call.SENDS, setting), "the known ones are still known");
        assertFalse(DriverLinkage.isCritical(PROVIDERS + "librxe-rdmav34.so", Call.SENDS, setting));
    }

    @Test
    void shouldNotTrustWhatIsInNoLibrary() {
        assertFalse(DriverLinkage.isCritical("", Call.RECEIVES_AND_POLLS, "auto"));
        assertFalse(DriverLinkage.isCritical("", Call.SENDS, "anything"));
    }

    @Test
    void shouldFindTheLibraryOfAFunction() {
        final String library = DriverLinkage.library(Linker.nativeLinker().defaultLookup().findOrThrow("fcntl").address());
        assertTrue(library.matches(".*/(libc|libpthread)[-.].*"), library);
        try (Arena arena = Arena.ofConfined()) {
            assertEquals("", DriverLinkage.library(1), "nothing is mapped there");
            final String none = DriverLinkage.library(arena.allocate(8).address());
            assertFalse(DriverLinkage.isCritical(none, Call.SENDS, "auto"), "heap, not a library");
        }
    }
}
