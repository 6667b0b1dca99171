package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.ledger.CHeaders.Function;
import dev.verbs.ledger.RawBindings.Binding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger finds what would make it a lie. */
class LedgerRulesTest {
    @TempDir
    private Path directory;

    private Seen seen(final String... lines) throws IOException {
        final Path file = directory.resolve("seen.tsv");
        Files.write(file, List.of(lines));
        return Seen.ofCommitted(file);
    }

    private List<String> problems(final Map<String, Set<String>> claims, final Seen rxe, final Seen soft, final String... reviewed)
        throws IOException {
        final Map<String, Seen> seen = new HashMap<>(Map.of("rxe", rxe, "siw", seen(), "soft", soft));
        final Ledger ledger = new Ledger(claims, seen, Reviewed.parse(List.of(reviewed)));
        ledger.addLibrary("libx.so.1", Map.of("x_open", "X_1.0", "x_close", "X_1.1", "y_private", "X_PRIVATE"));
        return ledger.problems();
    }

    @Test
    void shouldAcceptWhatADeviceSawAndWhatIsReviewed() throws IOException {
        assertEquals(List.of(), problems(Map.of("x_open", Set.of("T#a")), seen("T#a", "T#a\tx_open\tX.open"), seen(),
            "x_close | no device | none has it", "\\w+@X_PRIVATE | excluded | private"));
    }

    @Test
    void shouldMissFunctionsThatNobodyExplains() throws IOException {
        assertEquals(List.of("x_close: unexplained: not bound", "x_open: unexplained: not bound", "y_private: unexplained: not bound"),
            problems(Map.of(), seen(), seen()));
    }

    @Test
    void shouldNotBelieveAClaimWithoutACall() throws IOException {
        final List<String> problems = problems(Map.of("x_open", Set.of("T#a")), seen("T#a"), seen(),
            "x_close | no device | none has it", ".*PRIVATE | excluded | private");
        assertEquals(List.of("x_open: unexplained: claimed by [T#a], but no run on a kernel's device has seen that",
            "x_open: claimed by T#a, but no run has seen that"), problems);
    }

    @Test
    void shouldNotBelieveACallWithoutAClaim() throws IOException {
        final List<String> problems = problems(Map.of(), seen("T#a", "T#a\tx_open\tX.open"), seen(),
            "x_close | no device | none has it", ".*PRIVATE | excluded | private");
        assertEquals(List.of("x_open: unexplained: not bound"), problems);
    }

    @Test
    void shouldNotTakeTheSoftwareDeviceForAKernel() throws IOException {
        final List<String> problems = problems(Map.of("x_open", Set.of("T#a")), seen(), seen("T#a"),
            "x_close | no device | none has it", ".*PRIVATE | excluded | private");
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("x_open: unexplained"), problems.toString());
    }

    @Test
    void shouldFindReviewsThatAreOutOfDate() throws IOException {
        final List<String> problems = problems(Map.of("x_open", Set.of("T#a")), seen("T#a", "T#a\tx_open\tX.open"), seen(),
            "x_open | no device | none has it", "x_gone | helper | it went", "x_close | same as | y_private: an alias",
            ".*PRIVATE | excluded | private", "z\\w+@.* | excluded | nothing");
        assertEquals(List.of("x_close: the same as y_private, which is not covered",
            "x_open: covered by a test, and yet reviewed as 'no device'", "x_gone: reviewed, but there is no such function",
            "z\\w+@.*: this pattern matches nothing"), problems);
    }

    @Test
    void shouldFindClaimsOfWhatDoesNotExist() throws IOException {
        assertTrue(problems(Map.of("x_opne", Set.of("T#a")), seen(), seen("T#a"))
            .contains("x_opne: claimed by [T#a], but there is no such function"));
    }

    @Test
    void shouldRefuseReviewsWithoutAReason() {
        assertThrows(IllegalArgumentException.class, () -> Reviewed.parse(List.of("x_open | no device")));
        assertThrows(IllegalArgumentException.class, () -> Reviewed.parse(List.of("x_open | dunno | some reason")));
        assertThrows(IllegalArgumentException.class, () -> Reviewed.parse(List.of("x | helper | abc", "x | helper | abc")));
    }

    @Test
    void shouldReadWhatGccLists() {
        final List<Function> functions = CHeaders.parse(List.of("/* compiled from: . */",
            "/* /usr/include/stdio.h:1:NC */ extern int puts (const char *);",
            "/* /usr/include/infiniband/verbs.h:7:NC */ extern struct ibv_qp_ex *ibv_qp_to_qp_ex (struct ibv_qp *);",
            "/* /usr/include/infiniband/verbs.h:9:NF */ static void ibv_wr_send (struct ibv_qp_ex *qp); /* (qp) struct ibv_qp_ex *qp; */"));
        assertEquals(List.of(
            new Function("ibv_qp_to_qp_ex", "infiniband/verbs.h", false, "struct ibv_qp_ex *", List.of("struct ibv_qp *")),
            new Function("ibv_wr_send", "infiniband/verbs.h", true, "void", List.of("struct ibv_qp_ex *qp"))), functions);
        assertThrows(IllegalStateException.class, () -> CHeaders.parse(List.of("/* /x/infiniband/verbs.h:7:NC */ something new")));
    }

    /** gcc finds what a search in the text finds, and more (functions behind an attribute or a macro). */
    @Test
    void shouldFindEveryInlineFunctionThatTheTextShows() throws IOException, InterruptedException {
        final List<String> names = CHeaders.functions().stream().filter(Function::inline).map(Function::name).toList();
        for (final String header : CHeaders.NAMES) {
            final String text = Files.readString(Path.of("/usr/include", header));
            final Matcher matcher = Pattern.compile("static inline[^;{}()]*?(\\w+)\\s*\\([^;{}]*\\)\\s*\\{").matcher(text);
            while (matcher.find()) {
                assertTrue(names.contains(matcher.group(1)), matcher.group(1));
            }
        }
        assertTrue(names.size() > 100, names.toString());
    }

    @Test
    void shouldReadExportsAndHideThem() throws IOException {
        final ElfLibrary library = ElfLibrary.read(Installed.library(Installed.VERBS));
        final Map<String, String> exports = library.exports();
        assertEquals("IBVERBS_1.1", exports.get("ibv_open_device"));
        assertEquals("IBVERBS_1.8", exports.get("ibv_reg_mr_iova2"));
        assertTrue(exports.get("ibv_cmd_alloc_pd").contains("PRIVATE"), exports.toString());
        final Map<String, String> left = library.hide(List.of("ibv_open_device")).exports();
        assertFalse(left.containsKey("ibv_open_device"));
        assertEquals(exports.size(), left.size(), "it has another name now");
    }

    @Test
    void shouldKnowTheVerbOfEachBinding() {
        final InlineVerbs inline = InlineVerbs.read();
        for (final Binding binding : RawBindings.read().all()) {
            if (binding.simpleOwner().equals("LibC")) {
                assertNull(binding.exported());
            } else {
                assertTrue(binding.exported() != null || inline.of(binding) != null,
                    binding + " has no C name: its Javadoc lacks the C text");
            }
        }
    }
}
