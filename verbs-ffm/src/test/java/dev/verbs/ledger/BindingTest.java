package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.ledger.CHeaders.Function;
import dev.verbs.ledger.Mutants.Mutant;
import dev.verbs.ledger.RawBindings.Binding;
import dev.verbs.testkit.ChildJvm.Result;
import dev.verbs.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every binding passes its arguments on in the order of C, and a binding that swaps two of the same type is found out: over
 * libraries that write down what they are called with. What C does is not written here: gcc compiles the installed headers.
 */
class BindingTest {
    private static final RawBindings BINDINGS = RawBindings.read();
    private static final List<Binding> CHECKED = BindingCheck.checked(BINDINGS);

    @TempDir
    private static Path libraries;

    private static Result result;

    @BeforeAll
    static void runTheChild() throws IOException, InterruptedException {
        final List<String> exported = BINDINGS.exported().stream().map(Binding::exported).toList();
        final InlineVerbs verbs = InlineVerbs.read();
        final List<String> bound = BINDINGS.all().stream().map(verbs::of).toList();
        final List<String> prototypes = CHeaders.prototypes();
        final List<Function> inline = CHeaders.parse(prototypes).stream().filter(Function::inline)
            .filter(function -> bound.contains(function.name())).toList();
        RecorderLibrary.compile(libraries, exported, inline);
        Files.write(libraries.resolve("exported"), exported);
        Files.write(libraries.resolve("prototypes"), prototypes);
        result = ChildJvm.run(Map.of("LD_LIBRARY_PATH", libraries.toString()), libraries, Duration.ofSeconds(100), ChildJvm.FLAGS,
            BindingCheck.class, libraries.resolve("exported").toString(), libraries.resolve("prototypes").toString());
    }

    private static List<String> lines(final String start) {
        return result.output().lines().filter(line -> line.startsWith(start)).toList();
    }

    @Test
    void shouldPassArgumentsOnAsCDoes() {
        assertEquals(0, result.status(), result.output());
        assertEquals(List.of(), lines("wrong"));
        assertEquals(CHECKED.size(), lines("right").size(), result.output());
        assertTrue(CHECKED.size() > 100, CHECKED.toString());
    }

    @Test
    void shouldFindOutWhoSwapsTwoArguments() {
        final List<Mutant> mutants = Mutants.of(CHECKED);
        System.out.println("mutants: " + mutants.size() + " swaps of two arguments of one type in " + CHECKED.size()
            + " bindings, " + lines("killed").size() + " killed");
        assertEquals(0, result.status(), result.output());
        assertEquals(List.of(), lines("survived"));
        assertEquals(mutants.size(), lines("killed").size(), result.output());
        assertTrue(mutants.size() > 90, mutants.toString());
    }
}
