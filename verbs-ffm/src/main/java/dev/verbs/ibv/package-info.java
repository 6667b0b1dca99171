/**
 * The real thing: the system's libibverbs.so.1 and librdmacm.so.1, called through the FFM API.
 *
 * <pre>
 *   IbvProvider ── Libraries (probes before anything links)
 *      ├─ IbvDevice ── IbvContext ── IbvProtectionDomain ── IbvMemoryRegion, IbvMemoryWindow
 *      │                 │  │                    └───────── IbvQueuePair ── QpAttributesCodec, IbvAddressHandle
 *      │                 │  └─ IbvCompletionQueue                │
 *      │                 ├─ IbvCompletionChannel ── FdWaiter     │  hot path
 *      │                 └─ IbvAsyncEvents ── FdWaiter, IbvElements
 *      └─ IbvCmEventChannel ── IbvCmId                           │
 *   IbvExtendedQueuePair ── QpExOps                            │
 *   IbvExtendedCompletionQueue ── CqExOps                      │
 *                                                              ▼
 *   LibDevices, LibMemory, LibQueues, LibCm, LibCmSetup,       ContextOps, VerbsContextOps: the inline verbs,
 *   LibC: exported functions, each a Verb, with errno          re-expressed as calls through the C tables;
 *   captured in a Frame                                        Memory: what C has written, read by address
 * </pre>
 *
 * <p>Error conventions: where a verb returns an errno, the returned value wins over errno; where it returns null or -1,
 * errno is read; {@code post_send} and {@code post_recv} may return it negative (siw).
 *
 * <table>
 * <caption>How each verb reports failure</caption>
 * <tr><th>convention</th><th>verbs</th></tr>
 * <tr><td>null, and errno</td><td>get_device_list, open_device, alloc_pd, reg_mr, reg_mr_iova, reg_mr_iova2, alloc_mw,
 *     create_comp_channel, create_cq, create_cq_ex, create_qp, create_qp_ex,
 *     create_srq, create_ah, rdma_create_event_channel, rdma_get_devices</td></tr>
 * <tr><td>the errno itself</td><td>query_device, query_port, dealloc_pd, dereg_mr, destroy_comp_channel, destroy_cq, resize_cq,
 *     modify_qp, query_qp, destroy_qp, modify_srq, query_srq, destroy_srq, destroy_ah,
 *     bind_mw, dealloc_mw, attach_mcast, detach_mcast, req_notify_cq,
 *     post_send, post_recv, wr_complete</td></tr>
 * <tr><td>-1, and errno</td><td>close_device, get_cq_event, get_async_event, query_gid, query_pkey, all other rdma_*</td></tr>
 * <tr><td>a negative errno</td><td>query_gid_table</td></tr>
 * </table>
 */
package dev.verbs.ibv;
