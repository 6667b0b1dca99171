package dev.verbs.ibv;

import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_port_attr;
import dev.verbs.headers.verbs_context;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The verbs that verbs.h reaches through {@code struct verbs_context}, which surrounds an extended {@code ibv_context}.
 */
final class VerbsContextOps {
    /** {@code __VERBS_ABI_IS_EXTENDED}: all ones in {@code abi_compat}. */
    private static final long EXTENDED = -1L;

    private static final MethodHandle QUERY_PORT = Downcalls.throughPointer(verbs_context.query_port.descriptor());

    private VerbsContextOps() {
    }

    /**
     * {@snippet lang=c :
     * static inline int ___ibv_query_port(struct ibv_context *context, uint8_t port_num, struct ibv_port_attr *port_attr)
     * {
     *     struct verbs_context *vctx = verbs_get_ctx_op(context, query_port);
     *     if (!vctx) {
     *         memset(port_attr, 0, sizeof(*port_attr));
     *         return ibv_query_port(context, port_num, (struct _compat_ibv_port_attr *)port_attr);
     *     }
     *     return vctx->query_port(context, port_num, port_attr, sizeof(*port_attr));
     * }
     * }
     */
    static int queryPort(final Frame frame, final MemorySegment context, final byte port, final MemorySegment attributes) {
        final MemorySegment extended = extended(context, verbs_context.query_port$offset());
        if (extended == null) {
            return LibDevices.queryPort(frame, context, port, attributes);
        }
        try {
            return (int)QUERY_PORT.invokeExact(verbs_context.query_port(extended), context.address(), port,
                attributes.address(), ibv_port_attr.sizeof());
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * #define verbs_get_ctx_op(ctx, op) ({
     *     struct verbs_context *__vctx = verbs_get_ctx(ctx);   // container_of, NULL unless abi_compat is all ones
     *     (!__vctx || (__vctx->sz < sizeof(*__vctx) - offsetof(struct verbs_context, op)) || !__vctx->op) ? NULL : __vctx; })
     * }
     */
    @SuppressWarnings("restricted")
    private static MemorySegment extended(final MemorySegment context, final long operation) {
        if (ibv_context.abi_compat(context).address() != EXTENDED) {
            return null;
        }
        final MemorySegment extended = MemorySegment.ofAddress(context.address() - verbs_context.context$offset())
            .reinterpret(verbs_context.sizeof());
        final boolean covered = verbs_context.sz(extended) >= verbs_context.sizeof() - operation;
        return covered && extended.get(java.lang.foreign.ValueLayout.JAVA_LONG, operation) != 0 ? extended : null;
    }
}
