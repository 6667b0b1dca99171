package dev.verbs.ledger;

import dev.verbs.ledger.CHeaders.Function;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * A library that stands in for libibverbs and librdmacm: each function, and each entry of a table of function pointers, writes
 * down its arguments in order. The inline functions of the installed headers are compiled into it, so that the C compiler says
 * what their bindings must do.
 */
final class RecorderLibrary {
    static final int BLOCK = 4096;
    static final int ARGUMENTS = 10;
    private static final int SLOTS = BLOCK / Long.BYTES;
    private static final String LIST = "long a0, long a1, long a2, long a3, long a4, long a5, long a6, long a7, long a8, long a9";
    private static final String PASS = "a0, a1, a2, a3, a4, a5, a6, a7, a8, a9";
    private static final List<String> OWNED = List.of("ibv_cq", "ibv_qp", "ibv_srq", "ibv_pd", "ibv_mr", "ibv_mw", "ibv_ah", "ibv_wq",
        "ibv_dm", "ibv_counters", "ibv_rwq_ind_table", "ibv_flow_action", "ibv_xrcd", "ibv_flow", "ibv_comp_channel");

    private final SymbolLookup library;

    private RecorderLibrary(final SymbolLookup library) {
        this.library = library;
    }

    /** Makes libibverbs.so.1 and librdmacm.so.1 in a directory; exported functions get the ids of their places in the list. */
    static void compile(final Path directory, final List<String> exported, final List<Function> inline)
        throws IOException, InterruptedException {
        Files.writeString(directory.resolve("exported.c"), exported(exported));
        Files.writeString(directory.resolve("inline.c"), inline(inline));
        CHeaders.gcc(directory, "-shared", "-fPIC", "-O1", "-w", "-o", "recorder.so", "exported.c", "inline.c");
        for (final String name : List.of(Installed.VERBS, Installed.CM)) {
            Files.copy(directory.resolve("recorder.so"), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String exported(final List<String> names) {
        final StringBuilder c = new StringBuilder("""
            static long count;
            static long calls[64][12];
            static char results[8192 * 64] __attribute__((aligned(64)));
            long recorder_count(void) { return count; }
            long *recorder_calls(void) { return calls[0]; }
            void recorder_reset(void) { count = 0; }
            long recorder_result(long id) { return (long)(results + 64 * id); }
            static long record(long id, LIST)
            {
                long all[] = { id, PASS };
                for (int i = 0; count < 64 && i < 11; i++) calls[count][i] = all[i];
                count++;
                return (long)(results + 64 * id);
            }
            """.replace("LIST", LIST).replace("PASS", PASS));
        for (int i = 0; i < names.size(); i++) {
            c.append("long ").append(names.get(i)).append("(").append(LIST).append(") { return record(").append(i).append(", ")
                .append(PASS).append("); }\n");
        }
        for (int i = 0; i < SLOTS; i++) {
            c.append("static long slot").append(i).append("(").append(LIST).append(") { return record(").append(names.size() + i)
                .append(", ").append(PASS).append("); }\n");
        }
        c.append("void recorder_fill(void **table) {\n");
        for (int i = 0; i < SLOTS; i++) {
            c.append("table[").append(i).append("] = slot").append(i).append(";\n");
        }
        return c.append("}\n").toString();
    }

    private static String inline(final List<Function> functions) {
        final StringBuilder c = new StringBuilder("#define _GNU_SOURCE\n#include <fcntl.h>\n#include <unistd.h>\n");
        CHeaders.NAMES.forEach(name -> c.append("#include <").append(name).append(">\n"));
        c.append("""
            void *recorder_context(char *block)
            {
                struct verbs_context *v = (struct verbs_context *)block;
                v->sz = sizeof(*v);
                v->context.abi_compat = __VERBS_ABI_IS_EXTENDED;
                return &v->context;
            }
            void recorder_qp_ex(struct ibv_qp_ex *p, void *context) { p->qp_base.context = context; }
            void recorder_cq_ex(struct ibv_cq_ex *p, void *context) { p->context = context; }
            int recorder_pipe(void) { int fds[2]; return pipe(fds) || fcntl(fds[1], F_SETFL, O_APPEND) ? -1 : fds[1]; }
            int recorder_flags(int fd) { return fcntl(fd, F_GETFL); }
            int recorder_nonblock(void) { return O_NONBLOCK; }
            """);
        for (final String type : OWNED) {
            c.append("void recorder_").append(type).append("(struct ").append(type)
                .append(" *p, void *context) { p->context = context; ")
                .append(type.equals("ibv_mw") ? "p->type = IBV_MW_TYPE_1; " : "").append("}\n"); // ibv_bind_mw refuses others
        }
        for (final Function function : functions) {
            final StringBuilder call = new StringBuilder(function.name()).append("(");
            for (int i = 0; i < function.parameters().size(); i++) {
                call.append(i == 0 ? "" : ", ").append("(").append(type(function.parameters().get(i))).append(")a[").append(i).append("]");
            }
            call.append(")");
            c.append("long drive_").append(function.name()).append("(long *a) { ")
                .append(function.result().equals("void") ? call + "; return 0;" : "return (long)" + call + ";").append(" }\n");
        }
        return c.toString();
    }

    /** The type of {@code struct ibv_qp *qp}. */
    static String type(final String parameter) {
        return parameter.replaceFirst("\\w+$", "").strip();
    }

    /** The structure that a pointer points to, "" for other types. */
    static String structure(final String parameter) {
        return parameter.matches("(const )?struct \\w+ \\*\\w+") ? parameter.replaceFirst(".*struct (\\w+) .*", "$1") : "";
    }

    /** The library in this JVM; one per name, as the loader sees it. */
    @SuppressWarnings("restricted")
    static RecorderLibrary loaded(final String name) {
        return new RecorderLibrary(SymbolLookup.libraryLookup(name, Arena.global()));
    }

    boolean has(final String function) {
        return library.find(function).isPresent();
    }

    /** Calls a helper whose arguments and result are numbers. */
    @SuppressWarnings("restricted")
    long call(final String function, final long... arguments) {
        final ValueLayout[] layouts = new ValueLayout[arguments.length];
        Arrays.fill(layouts, ValueLayout.JAVA_LONG);
        final MethodHandle handle = Linker.nativeLinker().downcallHandle(library.find(function).orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts));
        try {
            return (long)handle.invokeWithArguments(Arrays.stream(arguments).boxed().toList());
        } catch (final Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** What was recorded since the last call: per call the id and ten arguments. */
    @SuppressWarnings("restricted")
    long[][] take() {
        final int count = (int)call("recorder_count");
        final MemorySegment calls = MemorySegment.ofAddress(call("recorder_calls")).reinterpret(64L * 12 * Long.BYTES);
        final long[][] taken = new long[count][ARGUMENTS + 1];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k <= ARGUMENTS; k++) {
                taken[i][k] = calls.getAtIndex(ValueLayout.JAVA_LONG, i * 12L + k);
            }
        }
        call("recorder_reset");
        return taken;
    }
}
