package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.ledger.RawBindings.Binding;
import dev.verbs.testkit.ChildJvm.Result;
import dev.verbs.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What happens with a library that is older than the bindings: copies of the installed ones in which functions cannot be found,
 * in a JVM of their own. Where there is a device, the device is used with them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingSymbolsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(100);

    /** Version nodes of the libraries and the release of rdma-core that brought each: an account of versions beside ours. */
    private static final Map<String, String> RELEASES = Map.ofEntries(
        Map.entry("IBVERBS_1.0", "1."), Map.entry("IBVERBS_1.1", "1."), Map.entry("IBVERBS_1.5", "20"),
        Map.entry("IBVERBS_1.6", "24"), Map.entry("IBVERBS_1.7", "25"), Map.entry("IBVERBS_1.8", "28"),
        Map.entry("IBVERBS_1.9", "30"), Map.entry("IBVERBS_1.10", "31"), Map.entry("IBVERBS_1.11", "32"),
        Map.entry("IBVERBS_1.12", "34"), Map.entry("IBVERBS_1.13", "35"), Map.entry("IBVERBS_1.14", "36"),
        Map.entry("RDMACM_1.0", "1.0."), Map.entry("RDMACM_1.1", "16"), Map.entry("RDMACM_1.2", "23"),
        Map.entry("RDMACM_1.3", "31"));

    /** Functions hidden in one child: alike, so that the answers do not differ, and each in one child only. Emulation is slow. */
    private static final int TOGETHER = System.getenv("VERBS_VM") == null ? 8 : Integer.MAX_VALUE / 2;

    private final Map<List<Binding>, Result> results = new HashMap<>();

    @TempDir
    private Path libraries;

    static List<Binding> functions() {
        return RawBindings.read().exported();
    }

    /** Without these nothing works. */
    private static List<String> required() {
        return Stream.of("VERBS", "CM").flatMap(list -> {
            try {
                final var field = Class.forName(RawBindings.PACKAGE + "Symbols").getDeclaredField(list);
                field.setAccessible(true);
                return ((List<?>)field.get(null)).stream().map(String.class::cast);
            } catch (final ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }).toList();
    }

    private Result without(final Collection<String> hidden) throws IOException, InterruptedException {
        for (final String name : List.of(Installed.VERBS, Installed.CM)) {
            ElfLibrary.read(Installed.library(name)).hide(hidden).write(libraries.resolve(name));
        }
        final Path drivers = Installed.library(Installed.VERBS).resolveSibling("libibverbs");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(drivers, "*.so")) { // they call libibverbs, too
            for (final Path driver : files) {
                ElfLibrary.read(driver).hide(hidden).write(libraries.resolve(driver.getFileName()));
            }
        } catch (final NoSuchFileException e) {
            assertFalse(hasDevice(), "a device without drivers in " + drivers);
        }
        return probe(ChildJvm.FLAGS, hidden);
    }

    private Result probe(final List<String> flags, final Collection<String> hidden) throws IOException, InterruptedException {
        return ChildJvm.run(Map.of("LD_LIBRARY_PATH", libraries.toString()), libraries, DEADLINE, flags, MissingSymbolProbe.class,
            hidden.toArray(String[]::new));
    }

    private static boolean hasDevice() {
        final String[] devices = new File("/sys/class/infiniband").list();
        return devices != null && devices.length > 0;
    }

    private static void assertSane(final Result result) {
        assertFalse(result.output().contains("LinkageError"), result.output());
        assertEquals(0, result.status(), result.output());
    }

    private static void assertRefused(final Binding function, final Result result) {
        assertSane(result);
        assertTrue(result.output().contains("unsupported " + function.exported() + " since " + function.since() + ": "),
            result.output());
        assertTrue(result.output().contains("install rdma-core " + function.since() + " or newer"), result.output());
    }

    @Test
    void shouldKnowEveryFunctionThatIsBound() {
        assertTrue(functions().size() >= 80, functions().toString());
        final Collection<String> names = new TreeSet<>(functions().stream().map(Binding::exported).toList());
        assertTrue(names.containsAll(required()), names.toString());
        assertEquals(functions().size(), names.size(), "a function is bound twice");
    }

    @Test
    void shouldNameTheReleaseOfTheVersionNode() {
        final Map<String, String> nodes = ElfLibrary.read(Installed.library(Installed.VERBS)).exports();
        nodes.putAll(ElfLibrary.read(Installed.library(Installed.CM)).exports());
        final List<String> wrong = new ArrayList<>();
        for (final Binding function : functions()) {
            final String release = RELEASES.get(nodes.get(function.exported()));
            if (release == null || !(release.endsWith(".") ? function.since().startsWith(release) : function.since().equals(release))) {
                wrong.add(function.exported() + " says " + function.since() + ", its node is " + nodes.get(function.exported()));
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Each function: it is refused by name, or the whole library if nothing works without; all that are not hidden are linked. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void shouldSayWhichFunctionIsMissing(final Binding function) throws IOException, InterruptedException {
        final List<Binding> group = group(function);
        Result result = results.get(group);
        if (result == null) {
            result = without(group.stream().map(Binding::exported).toList());
            results.put(group, result);
        }
        assertRefused(function, result);
        final String tooOld = result.output().lines().filter(line -> line.contains(" is too old: it lacks ")).findFirst().orElse("");
        final boolean deviceUsed = result.output().contains("device works") || result.output().contains("device needs ");
        assertEquals(hasDevice() && tooOld.isEmpty(), deviceUsed, result.output());
        assertEquals(required().contains(function.exported()), tooOld.contains(function.exported()), result.output());
        assertTrue(tooOld.isEmpty() || tooOld.endsWith(": install rdma-core 44 or newer"), tooOld);
    }

    private static List<Binding> group(final Binding function) {
        final List<Binding> alike = functions().stream().filter(other -> kind(other).equals(kind(function))).toList();
        final int from = alike.indexOf(function) / TOGETHER * TOGETHER;
        return alike.subList(from, Math.min(from + TOGETHER, alike.size()));
    }

    private static String kind(final Binding function) {
        return function.simpleOwner().startsWith("LibCm") + " " + required().contains(function.exported());
    }

    @Test
    void shouldNameAllRequiredFunctionsThatAreMissing() throws IOException, InterruptedException {
        final Result result = without(required());
        assertSane(result);
        assertTrue(result.output().contains("availability false: " + Installed.VERBS + " is too old: it lacks ibv_get_device_list, "
            + "ibv_free_device_list, "), result.output());
        assertTrue(result.output().contains("channel provider ibv failed: "), result.output());
    }

    /** A library of 2006 does what it can: the device is there, and a path over it says what it needs. */
    @Test
    void shouldWorkWithoutAnythingThatIsNotRequired() throws IOException, InterruptedException {
        final List<Binding> optional = functions().stream().filter(function -> !required().contains(function.exported()))
            .toList();
        final Result result = without(optional.stream().map(Binding::exported).toList());
        optional.forEach(function -> assertRefused(function, result));
        if (hasDevice()) {
            assertTrue(result.output().contains("device needs _ibv_query_gid_table"), result.output()); // a path needs a GID
        } else {
            assertTrue(result.output().contains("availability false: "), result.output());
            assertFalse(result.output().contains("too old"), result.output());
        }
    }

    @Test
    void shouldSayWhichLibraryIsNotThere() throws IOException, InterruptedException {
        Files.writeString(libraries.resolve(Installed.VERBS), "not a library");
        final Result result = notThere();
        assertTrue(result.output().contains("availability false: libibverbs.so.1 not found: apt install libibverbs1 "
            + "ibverbs-providers"), result.output());
    }

    @Test
    void shouldSayThatNativeAccessIsDenied() throws IOException, InterruptedException {
        final Result result = ChildJvm.run(Map.of(), libraries, DEADLINE,
            List.of("--enable-native-access=java.base", "--illegal-native-access=deny"), ProviderProbe.class);
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("native access"), result.output());
        assertTrue(result.output().contains("--enable-native-access=dev.verbs,dev.verbs.headers"), result.output());
    }

    private Result notThere() throws IOException, InterruptedException {
        final Result result = ChildJvm.run(Map.of("LD_LIBRARY_PATH", libraries.toString()), libraries, DEADLINE, ChildJvm.FLAGS,
            ProviderProbe.class);
        assertEquals(0, result.status(), result.output());
        return result;
    }
}
