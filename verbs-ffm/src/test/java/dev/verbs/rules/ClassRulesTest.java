package dev.verbs.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.verbs.rules.fixture.Violator;
import dev.verbs.testkit.ClassRules;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker finds what breaks the rules, on a class that breaks them all, and nothing else. */
class ClassRulesTest {
    private static final String VIOLATOR = Violator.class.getName();

    private final ClassRules rules = ClassRules.of(fixture());

    private static Path fixture() {
        try {
            return Path.of(Violator.class.getResource("Violator.class").toURI()).getParent();
        } catch (final URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldReadTheClasses() {
        assertEquals(Set.of(VIOLATOR, VIOLATOR + "$Neighbour"), rules.classNames());
        assertEquals("dev.verbs.rules.fixture", ClassRules.packageOf(VIOLATOR));
        assertThrows(UncheckedIOException.class, () -> ClassRules.of(Path.of("no", "such", "directory")));
    }

    @Test
    void shouldFindReferencesInCodeDescriptorsAndSignatures() {
        assertEquals(List.of(VIOLATOR + " refers to dev.verbs.headers.ibv_wc", VIOLATOR + " refers to dev.verbs.headers.ibverbs_h"),
            rules.references(ClassRules.in("dev.verbs.rules.fixture"), ClassRules.in("dev.verbs.headers")));
        assertEquals(List.of(VIOLATOR + " refers to dev.verbs.spi.VerbsProvider"),
            rules.references(ClassRules.under("dev.verbs"), ClassRules.under("dev.verbs.spi")));
        assertEquals(List.of(), rules.references(ClassRules.in("dev.verbs.rules"), name -> true));
    }

    @Test
    void shouldFindRestrictedCallsAndMethodReferences() {
        assertEquals(List.of(VIOLATOR + " calls java.lang.System.loadLibrary",
            VIOLATOR + " calls java.lang.foreign.MemorySegment.reinterpret"), rules.restrictedCalls(name -> false));
        assertEquals(List.of(), rules.restrictedCalls(ClassRules.in("dev.verbs.rules.fixture")));
    }

    @Test
    void shouldFindStaticStateThatCanChange() {
        assertEquals(List.of("BUFFER: of the mutable type java.lang.ThreadLocal", "CACHE: of the mutable type java.util.Map",
            "HANDED_OUT: an array that handOut hands out", "OPEN: an array that others can write to",
            "SCRATCH: an array that store stores into",
            "SEQUENCE: of the mutable type java.util.concurrent.atomic.AtomicInteger",
            "SHARED: an array that store stores into", "counter: assigned in store"),
            rules.staticState(Map.of()).stream().map(line -> line.substring(VIOLATOR.length() + 1)).toList());
    }

    @Test
    void shouldAcceptAReasonAndMissItWhenItIsNotNeeded() {
        final List<String> found = rules.staticState(Map.of(VIOLATOR + ".CACHE", "for this test", VIOLATOR + ".NAMES", "needless"));
        assertEquals(1, found.stream().filter(line -> line.equals(VIOLATOR + ".NAMES: needs no reason any more")).count());
        assertEquals(0, found.stream().filter(line -> line.contains("CACHE")).count());
    }
}
