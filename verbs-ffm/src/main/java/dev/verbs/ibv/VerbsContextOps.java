package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_cq;
import dev.verbs.headers.ibv_device_attr_ex;
import dev.verbs.headers.ibv_pd;
import dev.verbs.headers.ibv_port_attr;
import dev.verbs.headers.ibv_query_device_ex_input;
import dev.verbs.headers.ibv_qp_init_attr_ex;
import dev.verbs.headers.types_h;
import dev.verbs.headers.verbs_context;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The verbs that verbs.h reaches through {@code struct verbs_context}, which surrounds an extended {@code ibv_context}.
 */
final class VerbsContextOps {
    /** {@code __VERBS_ABI_IS_EXTENDED}: all ones in {@code abi_compat}. */
    private static final long EXTENDED = -1L;

    private static final MethodHandle ADVISE_MR = Downcalls.throughPointer(verbs_context.advise_mr.descriptor());
    private static final MethodHandle QUERY_PORT = Downcalls.throughPointer(verbs_context.query_port.descriptor());
    private static final MethodHandle QUERY_DEVICE_EX = Downcalls.throughPointer(verbs_context.query_device_ex.descriptor());
    private static final MethodHandle CREATE_CQ_EX = Downcalls.throughPointerWithErrno(verbs_context.create_cq_ex.descriptor());
    private static final MethodHandle CREATE_QP_EX = Downcalls.throughPointerWithErrno(verbs_context.create_qp_ex.descriptor());
    private static final MethodHandle MODIFY_CQ = Downcalls.throughPointerWithErrno(verbs_context.modify_cq.descriptor());

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
     * Null, and errno in the frame's capture, if it failed.
     * {@snippet lang=c :
     * static inline struct ibv_cq_ex *ibv_create_cq_ex(struct ibv_context *context, struct ibv_cq_init_attr_ex *cq_attr)
     * {
     *     struct verbs_context *vctx = verbs_get_ctx_op(context, create_cq_ex);
     *     if (!vctx) {
     *         errno = EOPNOTSUPP;
     *         return NULL;
     *     }
     *     return vctx->create_cq_ex(context, cq_attr);
     * }
     * }
     */
    static MemorySegment createCqEx(final Frame frame, final MemorySegment context, final MemorySegment attributes) {
        final MemorySegment extended = required("ibv_create_cq_ex", context, verbs_context.create_cq_ex$offset());
        try {
            return MemorySegment.ofAddress((long)CREATE_CQ_EX.invokeExact(verbs_context.create_cq_ex(extended), frame.capture,
                context.address(), attributes.address()));
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Null, and errno in the frame's capture, if it failed.
     * {@snippet lang=c :
     * static inline struct ibv_qp *ibv_create_qp_ex(struct ibv_context *context, struct ibv_qp_init_attr_ex *qp_init_attr_ex)
     * {
     *     struct verbs_context *vctx;
     *     uint32_t mask = qp_init_attr_ex->comp_mask;
     *     if (mask == IBV_QP_INIT_ATTR_PD)
     *         return ibv_create_qp(qp_init_attr_ex->pd, (struct ibv_qp_init_attr *)qp_init_attr_ex);
     *     vctx = verbs_get_ctx_op(context, create_qp_ex);
     *     if (!vctx) {
     *         errno = EOPNOTSUPP;
     *         return NULL;
     *     }
     *     return vctx->create_qp_ex(context, qp_init_attr_ex);
     * }
     * }
     */
    static MemorySegment createQpEx(final Frame frame, final MemorySegment context, final MemorySegment attributes) {
        if (ibv_qp_init_attr_ex.comp_mask(attributes) == types_h.IBV_QP_INIT_ATTR_PD()) {
            return LibQueues.createQp(frame, ibv_qp_init_attr_ex.pd(attributes), attributes);
        }
        final MemorySegment extended = required("ibv_create_qp_ex", context, verbs_context.create_qp_ex$offset());
        try {
            return MemorySegment.ofAddress((long)CREATE_QP_EX.invokeExact(verbs_context.create_qp_ex(extended), frame.capture,
                context.address(), attributes.address()));
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_modify_cq(struct ibv_cq *cq, struct ibv_modify_cq_attr *attr)
     * {
     *     struct verbs_context *vctx = verbs_get_ctx_op(cq->context, modify_cq);
     *     if (!vctx)
     *         return EOPNOTSUPP;
     *     return vctx->modify_cq(cq, attr);
     * }
     * }
     */
    @SuppressWarnings("restricted")
    static int modifyCq(final Frame frame, final MemorySegment cq, final MemorySegment attributes) {
        final MemorySegment context = ibv_cq.context(cq).reinterpret(ibv_context.sizeof());
        final MemorySegment extended = required("ibv_modify_cq", context, verbs_context.modify_cq$offset());
        try {
            return (int)MODIFY_CQ.invokeExact(verbs_context.modify_cq(extended), frame.capture, cq.address(), attributes.address());
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_query_device_ex(struct ibv_context *context, const struct ibv_query_device_ex_input *input,
     *                                       struct ibv_device_attr_ex *attr)
     * {
     *     struct verbs_context *vctx;
     *     int ret;
     *
     *     if (input && input->comp_mask)
     *         return EINVAL;
     *     vctx = verbs_get_ctx_op(context, query_device_ex);
     *     if (!vctx)
     *         goto legacy;
     *     ret = vctx->query_device_ex(context, input, attr, sizeof(*attr));
     *     if (ret == EOPNOTSUPP || ret == ENOSYS)
     *         goto legacy;
     *     return ret;
     * legacy:
     *     memset(attr, 0, sizeof(*attr));
     *     ret = ibv_query_device(context, &attr->orig_attr);
     *     return ret;
     * }
     * }
     */
    static int queryDeviceEx(final Frame frame, final MemorySegment context, final MemorySegment input,
        final MemorySegment attributes) {
        if (!Frame.isNull(input) && ibv_query_device_ex_input.comp_mask(input) != 0) {
            return Errno.EINVAL;
        }
        final MemorySegment extended = extended(context, verbs_context.query_device_ex$offset());
        if (extended != null) {
            try {
                final int result = (int)QUERY_DEVICE_EX.invokeExact(verbs_context.query_device_ex(extended), context.address(),
                    input.address(), attributes.address(), ibv_device_attr_ex.sizeof());
                if (result != Errno.EOPNOTSUPP && result != Errno.ENOSYS) {
                    return result;
                }
            } catch (final Throwable t) {
                throw Downcalls.unexpected(t);
            }
        }
        attributes.fill((byte)0);
        return LibDevices.queryDevice(frame, context, ibv_device_attr_ex.orig_attr(attributes));
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_advise_mr(struct ibv_pd *pd, enum ibv_advise_mr_advice advice, uint32_t flags,
     *                                 struct ibv_sge *sg_list, uint32_t num_sge)
     * {
     *     struct verbs_context *vctx;
     *
     *     vctx = verbs_get_ctx_op(pd->context, advise_mr);
     *     if (!vctx)
     *         return EOPNOTSUPP;
     *     return vctx->advise_mr(pd, advice, flags, sg_list, num_sge);
     * }
     * }
     */
    @SuppressWarnings("restricted")
    static int adviseMr(final MemorySegment pd, final int advice, final int flags, final MemorySegment sgList, final int numSge) {
        final MemorySegment context = ibv_pd.context(pd).reinterpret(ibv_context.sizeof());
        final MemorySegment extended = extended(context, verbs_context.advise_mr$offset());
        if (extended == null) {
            return Errno.EOPNOTSUPP;
        }
        try {
            return (int)ADVISE_MR.invokeExact(verbs_context.advise_mr(extended), pd.address(), advice, flags, sgList.address(), numSge);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * The surrounding {@code verbs_context} if it has an operation, for verbs that say EOPNOTSUPP without it. The way to every
     * verb of this table: {@code verbs_context.op(required("ibv_op", context, verbs_context.op$offset()))}.
     *
     * @param verb      the C verb, for the message
     * @param context   the {@code ibv_context}
     * @param operation offset of the function pointer in {@code verbs_context}
     */
    static MemorySegment required(final String verb, final MemorySegment context, final long operation) {
        final MemorySegment extended = extended(context, operation);
        if (extended == null) {
            throw new VerbsException(verb, Errno.EOPNOTSUPP, "the driver of this device does not have the verb");
        }
        return extended;
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
