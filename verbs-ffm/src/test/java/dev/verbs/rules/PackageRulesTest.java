package dev.verbs.rules;

import static dev.verbs.testkit.ClassRules.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.ClassRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What may know what in verbs-ffm, read out of the compiled classes. */
class PackageRulesTest {
    private static final String HEADERS = "dev.verbs.headers";
    private static final String IBV = "dev.verbs.ibv";
    private static final String SOFT = "dev.verbs.soft";
    private static final Set<String> FUNCTION_CLASSES = Set.of("ibverbs_h", "rdmacm_h", "libc_h");
    private static final String CONSTANTS = "types_h";

    private final ClassRules rules = ClassRules.of(Path.of("target", "classes"));

    private static String topLevel(final String name) {
        final String simple = name.substring(name.lastIndexOf('.') + 1);
        return simple.contains("$") ? simple.substring(0, simple.indexOf('$')) : simple;
    }

    private static final Predicate<String> FUNCTIONS =
        name -> in(HEADERS).test(name) && FUNCTION_CLASSES.contains(topLevel(name));
    private static final Predicate<String> STRUCTS =
        name -> in(HEADERS).test(name) && !FUNCTIONS.test(name) && !topLevel(name).equals(CONSTANTS);

    @Test
    void shouldHaveReadEveryPackage() {
        for (final String name : List.of("dev.verbs", "dev.verbs.cm", "dev.verbs.spi", IBV, SOFT)) {
            assertTrue(rules.classNames().stream().anyMatch(in(name)), name);
        }
        assertFalse(rules.references(in(IBV), FUNCTIONS).isEmpty(), "the check below would find nothing");
        assertFalse(rules.references(in("dev.verbs"), STRUCTS).isEmpty(), "the check below would find nothing");
    }

    @Test
    void shouldKeepTheSoftwareDeviceAwayFromTheRealOneAndFromGeneratedCode() {
        assertEquals(List.of(), rules.references(in(SOFT), in(IBV, HEADERS)));
    }

    @Test
    void shouldKeepTheRealDeviceAwayFromTheSoftwareDevice() {
        assertEquals(List.of(), rules.references(in(IBV), in(SOFT)));
    }

    @Test
    void shouldKeepTheApiAwayFromTheProviders() {
        assertEquals(List.of(), rules.references(in("dev.verbs", "dev.verbs.cm", "dev.verbs.spi"), in(IBV, SOFT)));
    }

    @Test
    void shouldMakeRestrictedCallsOnlyWhereTheyBelong() {
        assertEquals(List.of(), rules.restrictedCalls(in(IBV, HEADERS)));
    }

    @Test
    void shouldReadStructuresOnlyInDescriptorsAndInTheRealDevice() {
        final Predicate<String> descriptors = name -> in("dev.verbs").test(name) && topLevel(name).endsWith("Descriptor");
        assertEquals(List.of(), rules.references(descriptors.or(in(IBV)).negate(), STRUCTS));
    }

    @Test
    void shouldReadConstantsOnlyInTheApiAndInTheRealDevice() {
        assertEquals(List.of(), rules.references(in("dev.verbs", "dev.verbs.cm", IBV).negate(),
            name -> in(HEADERS).test(name) && topLevel(name).equals(CONSTANTS)));
    }

    @Test
    void shouldCallLibrariesOnlyInPackagePrivateClassesOfTheRealDevice() {
        assertEquals(List.of(), rules.references(in(IBV).negate(), FUNCTIONS));
        assertEquals(List.of(), rules.references(in(IBV).and(rules::isPublic), FUNCTIONS));
    }

    @Test
    void shouldHaveNoStaticStateThatCanChange() {
        assertEquals(List.of(), rules.staticState(Map.of(
            "dev.verbs.MemoryDescriptor.ALL", "a way to reach memory, owns none",
            "dev.verbs.ibv.Memory.ALL", "a way to reach memory, owns none")));
    }
}
