package dev.verbs.stream.engine;

import dev.verbs.stream.Partitioner;
import dev.verbs.stream.Query;
import dev.verbs.stream.state.OperatorKernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes the kernels of queries: a hidden class each, a copy of {@link AggregationKernel} with the query as its class data. */
final class Kernels {
    private Kernels() {
    }

    /**
     * Compiles a query.
     *
     * @param query       the query
     * @param partitioner who leads which key
     * @return its inner loops; the class goes away with the last reference
     */
    static OperatorKernel compile(final Query query, final Partitioner partitioner) {
        try {
            final MethodHandles.Lookup kernel = MethodHandles.lookup()
                .defineHiddenClassWithClassData(template(), KernelPlan.of(query, partitioner), true);
            return (OperatorKernel) kernel.findConstructor(kernel.lookupClass(), MethodType.methodType(void.class)).invoke();
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new LinkageError("the kernel of " + query + " cannot be defined", e);
        }
    }

    private static byte[] template() {
        final String name = "AggregationKernel.class";
        try (InputStream in = Kernels.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new LinkageError(name + " is not beside Kernels.class: was the jar repackaged without its class files?");
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the initialiser of a kernel, whose class data it reads. */
    static KernelPlan classData(final MethodHandles.Lookup kernel) {
        try {
            return MethodHandles.classData(kernel, ConstantDescs.DEFAULT_NAME, KernelPlan.class);
        } catch (final IllegalAccessException e) {
            throw new IllegalAccessError(e.getMessage());
        }
    }
}
