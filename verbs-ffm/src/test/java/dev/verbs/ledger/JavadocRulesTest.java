package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.ledger.DocumentedSources.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a program can name says which C name it maps to, and the installed headers have that name. */
class JavadocRulesTest {
    private static final List<String> PACKAGES = List.of("dev/verbs", "dev/verbs/cm");

    @TempDir
    private Path directory;

    private static List<Path> files() throws IOException {
        final List<Path> files = new ArrayList<>();
        for (final String name : PACKAGES) {
            try (Stream<Path> listed = Files.list(InlineVerbs.sources().resolve(name))) {
                listed.filter(path -> path.toString().endsWith(".java")).filter(path -> !path.endsWith("package-info.java"))
                    .sorted().forEach(files::add);
            }
        }
        return files;
    }

    private List<String> problems(final String source) throws IOException, InterruptedException {
        final Path file = directory.resolve("Made.java");
        Files.writeString(file, source);
        return JavadocRules.problems(DocumentedSources.read(List.of(file)));
    }

    @Test
    void shouldNameTheCCounterpartOfEverythingPublic() throws IOException, InterruptedException {
        final List<Element> elements = DocumentedSources.read(files());
        final Set<String> names = new TreeSet<>();
        elements.forEach(element -> names.addAll(JavadocRules.named(element)));
        final List<String> problems = JavadocRules.problems(elements);
        System.out.println("Javadoc: " + elements.size() + " public elements checked, " + names.size() + " C names, " + problems.size()
            + " problems");
        assertTrue(elements.size() > 1200, "only " + elements.size() + " elements were found");
        assertEquals(List.of(), problems, String.join("\n", problems));
    }

    @Test
    void shouldAcceptNamesOfEveryKind() throws IOException, InterruptedException {
        assertEquals(List.of(), problems("""
            /** A type. C: {@code struct ibv_qp_attr} with {@code union ibv_gid}, {@code enum IBV_LINK_LAYER_*}. */
            public interface Made {
                /** A verb. C: {@code poll(2)}, then {@code ibv_poll_cq(cq, 1, wc)}. */
                void verb();

                /** A field. C: {@code ibv_send_wr.wr.rdma.remote_addr}. */
                long field();

                /** An inline function (C: {@code ibv_inc_rkey}). */
                int key();

                /** Beside C. No C counterpart. */
                void helper();

                /** A number (C: ENOENT). */
                int NUMBER = 0;
            }
            """));
    }

    @Test
    void shouldMissWhatIsNotNamed() throws IOException, InterruptedException {
        assertEquals(List.of("Made.java:2 Made: names no C counterpart", "Made.java:4 Made.bare(int): names no C counterpart",
            "Made.java:7 Made.FIELD: names no C counterpart", "Made.java:10 Made.Kind: names no C counterpart",
            "Made.java:12 Made.Kind.ONE: names no C counterpart"), problems("""
            /** A type, like {@code struct ibv_wc}. */
            public class Made {
                /** Throws what {@code ibv_poll_cq} does. */
                protected void bare(int value) { }

                /** One. */
                public static final int FIELD = 1;

                /** Some. */
                public enum Kind {
                    /** One. */
                    ONE
                }

                void hidden() { }

                private static final class Hidden {
                    public void hidden() { }
                }

                @Override
                public String toString() { return ""; }
            }
            """));
    }

    @Test
    void shouldMissNamesThatNoHeaderHas() throws IOException, InterruptedException {
        assertEquals(List.of("Made.java:2 Made: no header has ibv_no_such", "Made.java:4 Made.a(): no header has ibv_pol_cq",
            "Made.java:6 Made.b(): no header has ibv_qp_attr.path_mtus", "Made.java:8 Made.c(): no header has IBV_QPS_RTZ",
            "Made.java:10 Made.d(): no header has tag", "Made.java:12 Made.e(): no header has IBV_NO_SUCH_*",
            "Made.java:14 Made.f(): no header has ENOSUCH", "Made.java:16 Made.g(): no header has ibv_made_up"), problems("""
            /** C: {@code struct ibv_no_such}. */
            public interface Made {
                /** C: {@code ibv_pol_cq}. */
                void a();
                /** C: {@code ibv_qp_attr.path_mtus}. */
                void b();
                /** C: {@code IBV_QPS_RTZ}. */
                void c();
                /** C: {@code ibv_wc.wr_id}, {@code tag}. */
                void d();
                /** C: {@code IBV_NO_SUCH_*}. */
                void e();
                /** C: ENOSUCH. */
                void f();
                /** As {@code ibv_made_up}. C: {@code ibv_poll_cq}. */
                void g();
            }
            """));
    }

    @Test
    void shouldCheckEachComponentOfARecord() throws IOException, InterruptedException {
        assertEquals(List.of("Made.java:9 Made.b: names no C counterpart", "Made.java:9 Made.c: no header has ibv_mr.lkeys"), problems("""
            /**
             * A region. C: {@code struct ibv_mr}.
             *
             * @param a the key [lkey]
             * @param b the other key
             * @param c the key [lkeys]
             * @param d a flag ({@code IBV_ACCESS_MW_BIND})
             */
            public record Made(int a, int b, int c, int d) {
                /** Checks. */
                public Made {
                }
            }
            """));
    }

    @Test
    void shouldAskNothingOfTheComponentsOfARecordWithoutCounterpart() throws IOException, InterruptedException {
        assertEquals(List.of("Made.java:8 Made.c(): names no C counterpart"), problems("""
            /**
             * A choice. No C counterpart.
             *
             * @param a what is chosen
             */
            public record Made(int a) {
                /** Chooses. */
                public static void c() { }
            }
            """));
    }

    @Test
    void shouldCompareTheNameWithTheValue() throws IOException, InterruptedException {
        assertEquals(List.of("Made.java:4 Made.A: is IBV_QPS_RTS and does not say so"), problems("""
            /** C: {@code enum ibv_qp_state}. */
            public enum Made {
                /** Ready to send. C: {@code IBV_QPS_RTR}. */
                A(types_h.IBV_QPS_RTS()),
                /** Ready to receive. C: {@code IBV_QPS_RTR}. */
                B(types_h.IBV_QPS_RTR());
            }
            """));
    }
}
