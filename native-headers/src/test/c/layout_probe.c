/*
 * What the C compiler says about the structures and constants that verbs-ffm binds: the lines of the golden file, unsorted.
 *
 *   gcc -o layout_probe layout_probe.c && ./layout_probe | LC_ALL=C sort > ../resources/golden/linux-ARCH.txt
 *
 * The list is reviewed by hand when native-headers/src/main/headers/symbols-types.txt changes; GoldenLayoutTest fails when a
 * generated class and this list do not name the same fields.
 */
#include <stddef.h>
#include <stdio.h>
#include "../../main/headers/verbs_umbrella.h"

#define TYPE(name, type) printf("struct " name " size %zu\n", sizeof(type))
#define FIELD(name, type, path) \
    printf("field " name "." #path " offset %zu size %zu\n", offsetof(type, path), sizeof(((type *)0)->path))
#define CONSTANT(name) printf("constant " #name " %lld\n", (long long)(name))

static void probe___atomic_wide_counter(void)
{
    TYPE("__atomic_wide_counter", __atomic_wide_counter);
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value32);
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value32.__high);
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value32.__low);
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value64);
}

static void probe___pthread_cond_s(void)
{
    TYPE("__pthread_cond_s", struct __pthread_cond_s);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_orig_size);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value32);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value32.__high);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value32.__low);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value64);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g_refs);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g_signals);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g_size);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wrefs);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value32);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value32.__high);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value32.__low);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value64);
}

static void probe___pthread_internal_list(void)
{
    TYPE("__pthread_internal_list", struct __pthread_internal_list);
    FIELD("__pthread_internal_list", struct __pthread_internal_list, __next);
    FIELD("__pthread_internal_list", struct __pthread_internal_list, __prev);
}

static void probe___pthread_list_t(void)
{
    TYPE("__pthread_list_t", __pthread_list_t);
    FIELD("__pthread_list_t", __pthread_list_t, __next);
    FIELD("__pthread_list_t", __pthread_list_t, __prev);
}

static void probe___pthread_mutex_s(void)
{
    TYPE("__pthread_mutex_s", struct __pthread_mutex_s);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __count);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __elision);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __kind);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __list);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __list.__next);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __list.__prev);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __lock);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __nusers);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __owner);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __spins);
}

static void probe__ibv_device_ops(void)
{
    TYPE("_ibv_device_ops", struct _ibv_device_ops);
    FIELD("_ibv_device_ops", struct _ibv_device_ops, _dummy1);
    FIELD("_ibv_device_ops", struct _ibv_device_ops, _dummy2);
}

static void probe_ibv_ah(void)
{
    TYPE("ibv_ah", struct ibv_ah);
    FIELD("ibv_ah", struct ibv_ah, context);
    FIELD("ibv_ah", struct ibv_ah, handle);
    FIELD("ibv_ah", struct ibv_ah, pd);
}

static void probe_ibv_ah_attr(void)
{
    TYPE("ibv_ah_attr", struct ibv_ah_attr);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, dlid);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.global);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.global.interface_id);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.global.subnet_prefix);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.raw);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.flow_label);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.hop_limit);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.sgid_index);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.traffic_class);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, is_global);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, port_num);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, sl);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, src_path_bits);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, static_rate);
}

static void probe_ibv_async_event(void)
{
    TYPE("ibv_async_event", struct ibv_async_event);
    FIELD("ibv_async_event", struct ibv_async_event, element);
    FIELD("ibv_async_event", struct ibv_async_event, element.cq);
    FIELD("ibv_async_event", struct ibv_async_event, element.port_num);
    FIELD("ibv_async_event", struct ibv_async_event, element.qp);
    FIELD("ibv_async_event", struct ibv_async_event, element.srq);
    FIELD("ibv_async_event", struct ibv_async_event, element.wq);
    FIELD("ibv_async_event", struct ibv_async_event, event_type);
}

static void probe_ibv_comp_channel(void)
{
    TYPE("ibv_comp_channel", struct ibv_comp_channel);
    FIELD("ibv_comp_channel", struct ibv_comp_channel, context);
    FIELD("ibv_comp_channel", struct ibv_comp_channel, fd);
    FIELD("ibv_comp_channel", struct ibv_comp_channel, refcnt);
}

static void probe_ibv_context(void)
{
    TYPE("ibv_context", struct ibv_context);
    FIELD("ibv_context", struct ibv_context, abi_compat);
    FIELD("ibv_context", struct ibv_context, async_fd);
    FIELD("ibv_context", struct ibv_context, cmd_fd);
    FIELD("ibv_context", struct ibv_context, device);
    FIELD("ibv_context", struct ibv_context, mutex);
    FIELD("ibv_context", struct ibv_context, mutex.__align);
    FIELD("ibv_context", struct ibv_context, mutex.__data);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__count);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__elision);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__kind);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__list);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__list.__next);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__list.__prev);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__lock);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__nusers);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__owner);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__spins);
    FIELD("ibv_context", struct ibv_context, mutex.__size);
    FIELD("ibv_context", struct ibv_context, num_comp_vectors);
    FIELD("ibv_context", struct ibv_context, ops);
    FIELD("ibv_context", struct ibv_context, ops._compat_alloc_pd);
    FIELD("ibv_context", struct ibv_context, ops._compat_async_event);
    FIELD("ibv_context", struct ibv_context, ops._compat_attach_mcast);
    FIELD("ibv_context", struct ibv_context, ops._compat_cq_event);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_ah);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_cq);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_dealloc_pd);
    FIELD("ibv_context", struct ibv_context, ops._compat_dereg_mr);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_ah);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_cq);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_detach_mcast);
    FIELD("ibv_context", struct ibv_context, ops._compat_modify_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_modify_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_device);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_port);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_reg_mr);
    FIELD("ibv_context", struct ibv_context, ops._compat_rereg_mr);
    FIELD("ibv_context", struct ibv_context, ops._compat_resize_cq);
    FIELD("ibv_context", struct ibv_context, ops.alloc_mw);
    FIELD("ibv_context", struct ibv_context, ops.bind_mw);
    FIELD("ibv_context", struct ibv_context, ops.dealloc_mw);
    FIELD("ibv_context", struct ibv_context, ops.poll_cq);
    FIELD("ibv_context", struct ibv_context, ops.post_recv);
    FIELD("ibv_context", struct ibv_context, ops.post_send);
    FIELD("ibv_context", struct ibv_context, ops.post_srq_recv);
    FIELD("ibv_context", struct ibv_context, ops.req_notify_cq);
}

static void probe_ibv_context_ops(void)
{
    TYPE("ibv_context_ops", struct ibv_context_ops);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_alloc_pd);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_async_event);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_attach_mcast);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_cq_event);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_ah);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_dealloc_pd);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_dereg_mr);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_ah);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_detach_mcast);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_modify_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_modify_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_device);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_port);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_reg_mr);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_rereg_mr);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_resize_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, alloc_mw);
    FIELD("ibv_context_ops", struct ibv_context_ops, bind_mw);
    FIELD("ibv_context_ops", struct ibv_context_ops, dealloc_mw);
    FIELD("ibv_context_ops", struct ibv_context_ops, poll_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, post_recv);
    FIELD("ibv_context_ops", struct ibv_context_ops, post_send);
    FIELD("ibv_context_ops", struct ibv_context_ops, post_srq_recv);
    FIELD("ibv_context_ops", struct ibv_context_ops, req_notify_cq);
}

static void probe_ibv_cq(void)
{
    TYPE("ibv_cq", struct ibv_cq);
    FIELD("ibv_cq", struct ibv_cq, async_events_completed);
    FIELD("ibv_cq", struct ibv_cq, channel);
    FIELD("ibv_cq", struct ibv_cq, comp_events_completed);
    FIELD("ibv_cq", struct ibv_cq, cond);
    FIELD("ibv_cq", struct ibv_cq, cond.__align);
    FIELD("ibv_cq", struct ibv_cq, cond.__data);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_orig_size);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value32);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value64);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g_refs);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g_signals);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g_size);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wrefs);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value32);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value32.__high);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value32.__low);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value64);
    FIELD("ibv_cq", struct ibv_cq, cond.__size);
    FIELD("ibv_cq", struct ibv_cq, context);
    FIELD("ibv_cq", struct ibv_cq, cq_context);
    FIELD("ibv_cq", struct ibv_cq, cqe);
    FIELD("ibv_cq", struct ibv_cq, handle);
    FIELD("ibv_cq", struct ibv_cq, mutex);
    FIELD("ibv_cq", struct ibv_cq, mutex.__align);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__count);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__elision);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__kind);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__list);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__list.__next);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__list.__prev);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__lock);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__nusers);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__owner);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__spins);
    FIELD("ibv_cq", struct ibv_cq, mutex.__size);
}

static void probe_ibv_cq_ex(void)
{
    TYPE("ibv_cq_ex", struct ibv_cq_ex);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, async_events_completed);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, channel);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, comp_events_completed);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, comp_mask);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__align);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g1_orig_size);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g1_start);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g1_start.__value32);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g1_start.__value64);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g_refs);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g_signals);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__g_size);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__wrefs);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__wseq);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__wseq.__value32);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__wseq.__value32.__high);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__wseq.__value32.__low);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__data.__wseq.__value64);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cond.__size);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, context);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cq_context);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, cqe);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, end_poll);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, handle);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__align);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__count);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__elision);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__kind);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__list);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__list.__next);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__list.__prev);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__lock);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__nusers);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__owner);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__data.__spins);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, mutex.__size);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, next_poll);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_byte_len);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_completion_ts);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_completion_wallclock_ns);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_cvlan);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_dlid_path_bits);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_flow_tag);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_imm_data);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_opcode);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_qp_num);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_sl);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_slid);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_src_qp);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_tm_info);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_vendor_err);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, read_wc_flags);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, start_poll);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, status);
    FIELD("ibv_cq_ex", struct ibv_cq_ex, wr_id);
}

static void probe_ibv_cq_init_attr_ex(void)
{
    TYPE("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, channel);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, comp_mask);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, comp_vector);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, cq_context);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, cqe);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, flags);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, parent_domain);
    FIELD("ibv_cq_init_attr_ex", struct ibv_cq_init_attr_ex, wc_flags);
}

static void probe_ibv_cq_moderation_caps(void)
{
    TYPE("ibv_cq_moderation_caps", struct ibv_cq_moderation_caps);
    FIELD("ibv_cq_moderation_caps", struct ibv_cq_moderation_caps, max_cq_count);
    FIELD("ibv_cq_moderation_caps", struct ibv_cq_moderation_caps, max_cq_period);
}

static void probe_ibv_data_buf(void)
{
    TYPE("ibv_data_buf", struct ibv_data_buf);
    FIELD("ibv_data_buf", struct ibv_data_buf, addr);
    FIELD("ibv_data_buf", struct ibv_data_buf, length);
}

static void probe_ibv_device(void)
{
    TYPE("ibv_device", struct ibv_device);
    FIELD("ibv_device", struct ibv_device, _ops);
    FIELD("ibv_device", struct ibv_device, _ops._dummy1);
    FIELD("ibv_device", struct ibv_device, _ops._dummy2);
    FIELD("ibv_device", struct ibv_device, dev_name);
    FIELD("ibv_device", struct ibv_device, dev_path);
    FIELD("ibv_device", struct ibv_device, ibdev_path);
    FIELD("ibv_device", struct ibv_device, name);
    FIELD("ibv_device", struct ibv_device, node_type);
    FIELD("ibv_device", struct ibv_device, transport_type);
}

static void probe_ibv_device_attr(void)
{
    TYPE("ibv_device_attr", struct ibv_device_attr);
    FIELD("ibv_device_attr", struct ibv_device_attr, atomic_cap);
    FIELD("ibv_device_attr", struct ibv_device_attr, device_cap_flags);
    FIELD("ibv_device_attr", struct ibv_device_attr, fw_ver);
    FIELD("ibv_device_attr", struct ibv_device_attr, hw_ver);
    FIELD("ibv_device_attr", struct ibv_device_attr, local_ca_ack_delay);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ah);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_cq);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_cqe);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ee);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ee_init_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ee_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_fmr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_map_per_fmr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mcast_grp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mcast_qp_attach);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mr_size);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mw);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_pd);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_pkeys);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp_init_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp_wr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_raw_ethy_qp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_raw_ipv6_qp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_rdd);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_res_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_sge);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_sge_rd);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_srq);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_srq_sge);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_srq_wr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_total_mcast_qp_attach);
    FIELD("ibv_device_attr", struct ibv_device_attr, node_guid);
    FIELD("ibv_device_attr", struct ibv_device_attr, page_size_cap);
    FIELD("ibv_device_attr", struct ibv_device_attr, phys_port_cnt);
    FIELD("ibv_device_attr", struct ibv_device_attr, sys_image_guid);
    FIELD("ibv_device_attr", struct ibv_device_attr, vendor_id);
    FIELD("ibv_device_attr", struct ibv_device_attr, vendor_part_id);
}

static void probe_ibv_device_attr_ex(void)
{
    TYPE("ibv_device_attr_ex", struct ibv_device_attr_ex);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, comp_mask);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, completion_timestamp_mask);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, cq_mod_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, cq_mod_caps.max_cq_count);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, cq_mod_caps.max_cq_period);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, device_cap_flags_ex);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, hca_core_clock);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, max_dm_size);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, max_wq_type_rq);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, odp_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, odp_caps.general_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, odp_caps.per_transport_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, odp_caps.per_transport_caps.rc_odp_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, odp_caps.per_transport_caps.uc_odp_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, odp_caps.per_transport_caps.ud_odp_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.atomic_cap);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.device_cap_flags);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.fw_ver);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.hw_ver);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.local_ca_ack_delay);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_ah);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_cq);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_cqe);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_ee);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_ee_init_rd_atom);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_ee_rd_atom);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_fmr);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_map_per_fmr);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_mcast_grp);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_mcast_qp_attach);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_mr);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_mr_size);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_mw);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_pd);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_pkeys);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_qp);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_qp_init_rd_atom);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_qp_rd_atom);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_qp_wr);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_raw_ethy_qp);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_raw_ipv6_qp);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_rdd);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_res_rd_atom);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_sge);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_sge_rd);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_srq);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_srq_sge);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_srq_wr);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.max_total_mcast_qp_attach);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.node_guid);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.page_size_cap);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.phys_port_cnt);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.sys_image_guid);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.vendor_id);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, orig_attr.vendor_part_id);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, packet_pacing_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, packet_pacing_caps.qp_rate_limit_max);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, packet_pacing_caps.qp_rate_limit_min);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, packet_pacing_caps.supported_qpts);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, pci_atomic_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, pci_atomic_caps.compare_swap);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, pci_atomic_caps.fetch_add);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, pci_atomic_caps.swap);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, phys_port_cnt_ex);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, raw_packet_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, rss_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, rss_caps.max_rwq_indirection_table_size);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, rss_caps.max_rwq_indirection_tables);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, rss_caps.rx_hash_fields_mask);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, rss_caps.rx_hash_function);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, rss_caps.supported_qpts);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tm_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tm_caps.flags);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tm_caps.max_num_tags);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tm_caps.max_ops);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tm_caps.max_rndv_hdr_size);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tm_caps.max_sge);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tso_caps);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tso_caps.max_tso);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, tso_caps.supported_qpts);
    FIELD("ibv_device_attr_ex", struct ibv_device_attr_ex, xrc_odp_caps);
}

static void probe_ibv_ece(void)
{
    TYPE("ibv_ece", struct ibv_ece);
    FIELD("ibv_ece", struct ibv_ece, comp_mask);
    FIELD("ibv_ece", struct ibv_ece, options);
    FIELD("ibv_ece", struct ibv_ece, vendor_id);
}

static void probe_ibv_gid(void)
{
    TYPE("ibv_gid", union ibv_gid);
    FIELD("ibv_gid", union ibv_gid, global);
    FIELD("ibv_gid", union ibv_gid, global.interface_id);
    FIELD("ibv_gid", union ibv_gid, global.subnet_prefix);
    FIELD("ibv_gid", union ibv_gid, raw);
}

static void probe_ibv_gid_entry(void)
{
    TYPE("ibv_gid_entry", struct ibv_gid_entry);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.global);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.global.interface_id);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.global.subnet_prefix);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.raw);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid_index);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid_type);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, ndev_ifindex);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, port_num);
}

static void probe_ibv_global_route(void)
{
    TYPE("ibv_global_route", struct ibv_global_route);
    FIELD("ibv_global_route", struct ibv_global_route, dgid);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.global);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.global.interface_id);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.global.subnet_prefix);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.raw);
    FIELD("ibv_global_route", struct ibv_global_route, flow_label);
    FIELD("ibv_global_route", struct ibv_global_route, hop_limit);
    FIELD("ibv_global_route", struct ibv_global_route, sgid_index);
    FIELD("ibv_global_route", struct ibv_global_route, traffic_class);
}

static void probe_ibv_grh(void)
{
    TYPE("ibv_grh", struct ibv_grh);
    FIELD("ibv_grh", struct ibv_grh, dgid);
    FIELD("ibv_grh", struct ibv_grh, dgid.global);
    FIELD("ibv_grh", struct ibv_grh, dgid.global.interface_id);
    FIELD("ibv_grh", struct ibv_grh, dgid.global.subnet_prefix);
    FIELD("ibv_grh", struct ibv_grh, dgid.raw);
    FIELD("ibv_grh", struct ibv_grh, hop_limit);
    FIELD("ibv_grh", struct ibv_grh, next_hdr);
    FIELD("ibv_grh", struct ibv_grh, paylen);
    FIELD("ibv_grh", struct ibv_grh, sgid);
    FIELD("ibv_grh", struct ibv_grh, sgid.global);
    FIELD("ibv_grh", struct ibv_grh, sgid.global.interface_id);
    FIELD("ibv_grh", struct ibv_grh, sgid.global.subnet_prefix);
    FIELD("ibv_grh", struct ibv_grh, sgid.raw);
    FIELD("ibv_grh", struct ibv_grh, version_tclass_flow);
}

static void probe_ibv_moderate_cq(void)
{
    TYPE("ibv_moderate_cq", struct ibv_moderate_cq);
    FIELD("ibv_moderate_cq", struct ibv_moderate_cq, cq_count);
    FIELD("ibv_moderate_cq", struct ibv_moderate_cq, cq_period);
}

static void probe_ibv_modify_cq_attr(void)
{
    TYPE("ibv_modify_cq_attr", struct ibv_modify_cq_attr);
    FIELD("ibv_modify_cq_attr", struct ibv_modify_cq_attr, attr_mask);
    FIELD("ibv_modify_cq_attr", struct ibv_modify_cq_attr, moderate);
    FIELD("ibv_modify_cq_attr", struct ibv_modify_cq_attr, moderate.cq_count);
    FIELD("ibv_modify_cq_attr", struct ibv_modify_cq_attr, moderate.cq_period);
}

static void probe_ibv_mr(void)
{
    TYPE("ibv_mr", struct ibv_mr);
    FIELD("ibv_mr", struct ibv_mr, addr);
    FIELD("ibv_mr", struct ibv_mr, context);
    FIELD("ibv_mr", struct ibv_mr, handle);
    FIELD("ibv_mr", struct ibv_mr, length);
    FIELD("ibv_mr", struct ibv_mr, lkey);
    FIELD("ibv_mr", struct ibv_mr, pd);
    FIELD("ibv_mr", struct ibv_mr, rkey);
}

static void probe_ibv_mw(void)
{
    TYPE("ibv_mw", struct ibv_mw);
    FIELD("ibv_mw", struct ibv_mw, context);
    FIELD("ibv_mw", struct ibv_mw, handle);
    FIELD("ibv_mw", struct ibv_mw, pd);
    FIELD("ibv_mw", struct ibv_mw, rkey);
    FIELD("ibv_mw", struct ibv_mw, type);
}

static void probe_ibv_mw_bind(void)
{
    TYPE("ibv_mw_bind", struct ibv_mw_bind);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, bind_info);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, bind_info.addr);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, bind_info.length);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, bind_info.mr);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, bind_info.mw_access_flags);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, send_flags);
    FIELD("ibv_mw_bind", struct ibv_mw_bind, wr_id);
}

static void probe_ibv_mw_bind_info(void)
{
    TYPE("ibv_mw_bind_info", struct ibv_mw_bind_info);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, addr);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, length);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, mr);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, mw_access_flags);
}

static void probe_ibv_odp_caps(void)
{
    TYPE("ibv_odp_caps", struct ibv_odp_caps);
    FIELD("ibv_odp_caps", struct ibv_odp_caps, general_caps);
    FIELD("ibv_odp_caps", struct ibv_odp_caps, per_transport_caps);
    FIELD("ibv_odp_caps", struct ibv_odp_caps, per_transport_caps.rc_odp_caps);
    FIELD("ibv_odp_caps", struct ibv_odp_caps, per_transport_caps.uc_odp_caps);
    FIELD("ibv_odp_caps", struct ibv_odp_caps, per_transport_caps.ud_odp_caps);
}

static void probe_ibv_packet_pacing_caps(void)
{
    TYPE("ibv_packet_pacing_caps", struct ibv_packet_pacing_caps);
    FIELD("ibv_packet_pacing_caps", struct ibv_packet_pacing_caps, qp_rate_limit_max);
    FIELD("ibv_packet_pacing_caps", struct ibv_packet_pacing_caps, qp_rate_limit_min);
    FIELD("ibv_packet_pacing_caps", struct ibv_packet_pacing_caps, supported_qpts);
}

static void probe_ibv_pci_atomic_caps(void)
{
    TYPE("ibv_pci_atomic_caps", struct ibv_pci_atomic_caps);
    FIELD("ibv_pci_atomic_caps", struct ibv_pci_atomic_caps, compare_swap);
    FIELD("ibv_pci_atomic_caps", struct ibv_pci_atomic_caps, fetch_add);
    FIELD("ibv_pci_atomic_caps", struct ibv_pci_atomic_caps, swap);
}

static void probe_ibv_pd(void)
{
    TYPE("ibv_pd", struct ibv_pd);
    FIELD("ibv_pd", struct ibv_pd, context);
    FIELD("ibv_pd", struct ibv_pd, handle);
}

static void probe_ibv_poll_cq_attr(void)
{
    TYPE("ibv_poll_cq_attr", struct ibv_poll_cq_attr);
    FIELD("ibv_poll_cq_attr", struct ibv_poll_cq_attr, comp_mask);
}

static void probe_ibv_port_attr(void)
{
    TYPE("ibv_port_attr", struct ibv_port_attr);
    FIELD("ibv_port_attr", struct ibv_port_attr, active_mtu);
    FIELD("ibv_port_attr", struct ibv_port_attr, active_speed);
    FIELD("ibv_port_attr", struct ibv_port_attr, active_width);
    FIELD("ibv_port_attr", struct ibv_port_attr, bad_pkey_cntr);
    FIELD("ibv_port_attr", struct ibv_port_attr, flags);
    FIELD("ibv_port_attr", struct ibv_port_attr, gid_tbl_len);
    FIELD("ibv_port_attr", struct ibv_port_attr, init_type_reply);
    FIELD("ibv_port_attr", struct ibv_port_attr, lid);
    FIELD("ibv_port_attr", struct ibv_port_attr, link_layer);
    FIELD("ibv_port_attr", struct ibv_port_attr, lmc);
    FIELD("ibv_port_attr", struct ibv_port_attr, max_msg_sz);
    FIELD("ibv_port_attr", struct ibv_port_attr, max_mtu);
    FIELD("ibv_port_attr", struct ibv_port_attr, max_vl_num);
    FIELD("ibv_port_attr", struct ibv_port_attr, phys_state);
    FIELD("ibv_port_attr", struct ibv_port_attr, pkey_tbl_len);
    FIELD("ibv_port_attr", struct ibv_port_attr, port_cap_flags);
    FIELD("ibv_port_attr", struct ibv_port_attr, port_cap_flags2);
    FIELD("ibv_port_attr", struct ibv_port_attr, qkey_viol_cntr);
    FIELD("ibv_port_attr", struct ibv_port_attr, sm_lid);
    FIELD("ibv_port_attr", struct ibv_port_attr, sm_sl);
    FIELD("ibv_port_attr", struct ibv_port_attr, state);
    FIELD("ibv_port_attr", struct ibv_port_attr, subnet_timeout);
}

static void probe_ibv_qp(void)
{
    TYPE("ibv_qp", struct ibv_qp);
    FIELD("ibv_qp", struct ibv_qp, cond);
    FIELD("ibv_qp", struct ibv_qp, cond.__align);
    FIELD("ibv_qp", struct ibv_qp, cond.__data);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_orig_size);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value32);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value64);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g_refs);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g_signals);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g_size);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wrefs);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value32);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value32.__high);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value32.__low);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value64);
    FIELD("ibv_qp", struct ibv_qp, cond.__size);
    FIELD("ibv_qp", struct ibv_qp, context);
    FIELD("ibv_qp", struct ibv_qp, events_completed);
    FIELD("ibv_qp", struct ibv_qp, handle);
    FIELD("ibv_qp", struct ibv_qp, mutex);
    FIELD("ibv_qp", struct ibv_qp, mutex.__align);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__count);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__elision);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__kind);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__list);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__list.__next);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__list.__prev);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__lock);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__nusers);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__owner);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__spins);
    FIELD("ibv_qp", struct ibv_qp, mutex.__size);
    FIELD("ibv_qp", struct ibv_qp, pd);
    FIELD("ibv_qp", struct ibv_qp, qp_context);
    FIELD("ibv_qp", struct ibv_qp, qp_num);
    FIELD("ibv_qp", struct ibv_qp, qp_type);
    FIELD("ibv_qp", struct ibv_qp, recv_cq);
    FIELD("ibv_qp", struct ibv_qp, send_cq);
    FIELD("ibv_qp", struct ibv_qp, srq);
    FIELD("ibv_qp", struct ibv_qp, state);
}

static void probe_ibv_qp_attr(void)
{
    TYPE("ibv_qp_attr", struct ibv_qp_attr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.dlid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.global.interface_id);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.raw);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.flow_label);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.hop_limit);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.sgid_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.traffic_class);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.is_global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.sl);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.src_path_bits);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.static_rate);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.dlid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.global.interface_id);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.raw);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.flow_label);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.hop_limit);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.sgid_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.traffic_class);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.is_global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.sl);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.src_path_bits);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.static_rate);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_pkey_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_timeout);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_inline_data);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_recv_sge);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_recv_wr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_send_sge);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_send_wr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cur_qp_state);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, dest_qp_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, en_sqd_async_notify);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, max_dest_rd_atomic);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, max_rd_atomic);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, min_rnr_timer);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, path_mig_state);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, path_mtu);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, pkey_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, qkey);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, qp_access_flags);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, qp_state);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, rate_limit);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, retry_cnt);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, rnr_retry);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, rq_psn);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, sq_draining);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, sq_psn);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, timeout);
}

static void probe_ibv_qp_cap(void)
{
    TYPE("ibv_qp_cap", struct ibv_qp_cap);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_inline_data);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_recv_sge);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_recv_wr);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_send_sge);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_send_wr);
}

static void probe_ibv_qp_ex(void)
{
    TYPE("ibv_qp_ex", struct ibv_qp_ex);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, comp_mask);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__align);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g1_orig_size);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g1_start);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g1_start.__value32);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g1_start.__value64);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g_refs);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g_signals);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__g_size);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__wrefs);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__wseq);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__wseq.__value32);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__wseq.__value32.__high);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__wseq.__value32.__low);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__data.__wseq.__value64);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.cond.__size);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.context);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.events_completed);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.handle);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__align);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__count);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__elision);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__kind);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__list);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__list.__next);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__list.__prev);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__lock);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__nusers);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__owner);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__data.__spins);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.mutex.__size);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.pd);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.qp_context);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.qp_num);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.qp_type);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.recv_cq);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.send_cq);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.srq);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, qp_base.state);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_abort);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_atomic_cmp_swp);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_atomic_fetch_add);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_atomic_write);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_bind_mw);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_complete);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_flags);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_id);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_local_inv);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_rdma_read);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_rdma_write);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_rdma_write_imm);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_send);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_send_imm);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_send_inv);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_send_tso);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_set_inline_data);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_set_inline_data_list);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_set_sge);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_set_sge_list);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_set_ud_addr);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_set_xrc_srqn);
    FIELD("ibv_qp_ex", struct ibv_qp_ex, wr_start);
}

static void probe_ibv_qp_init_attr(void)
{
    TYPE("ibv_qp_init_attr", struct ibv_qp_init_attr);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_inline_data);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_recv_sge);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_recv_wr);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_send_sge);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_send_wr);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, qp_context);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, qp_type);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, recv_cq);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, send_cq);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, sq_sig_all);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, srq);
}

static void probe_ibv_qp_init_attr_ex(void)
{
    TYPE("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, cap);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, cap.max_inline_data);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, cap.max_recv_sge);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, cap.max_recv_wr);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, cap.max_send_sge);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, cap.max_send_wr);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, comp_mask);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, create_flags);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, max_tso_header);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, pd);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, qp_context);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, qp_type);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, recv_cq);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, rwq_ind_tbl);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, rx_hash_conf);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, rx_hash_conf.rx_hash_fields_mask);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, rx_hash_conf.rx_hash_function);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, rx_hash_conf.rx_hash_key);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, rx_hash_conf.rx_hash_key_len);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, send_cq);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, send_ops_flags);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, source_qpn);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, sq_sig_all);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, srq);
    FIELD("ibv_qp_init_attr_ex", struct ibv_qp_init_attr_ex, xrcd);
}

static void probe_ibv_query_device_ex_input(void)
{
    TYPE("ibv_query_device_ex_input", struct ibv_query_device_ex_input);
    FIELD("ibv_query_device_ex_input", struct ibv_query_device_ex_input, comp_mask);
}

static void probe_ibv_recv_wr(void)
{
    TYPE("ibv_recv_wr", struct ibv_recv_wr);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, next);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, num_sge);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, sg_list);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, wr_id);
}

static void probe_ibv_rss_caps(void)
{
    TYPE("ibv_rss_caps", struct ibv_rss_caps);
    FIELD("ibv_rss_caps", struct ibv_rss_caps, max_rwq_indirection_table_size);
    FIELD("ibv_rss_caps", struct ibv_rss_caps, max_rwq_indirection_tables);
    FIELD("ibv_rss_caps", struct ibv_rss_caps, rx_hash_fields_mask);
    FIELD("ibv_rss_caps", struct ibv_rss_caps, rx_hash_function);
    FIELD("ibv_rss_caps", struct ibv_rss_caps, supported_qpts);
}

static void probe_ibv_rx_hash_conf(void)
{
    TYPE("ibv_rx_hash_conf", struct ibv_rx_hash_conf);
    FIELD("ibv_rx_hash_conf", struct ibv_rx_hash_conf, rx_hash_fields_mask);
    FIELD("ibv_rx_hash_conf", struct ibv_rx_hash_conf, rx_hash_function);
    FIELD("ibv_rx_hash_conf", struct ibv_rx_hash_conf, rx_hash_key);
    FIELD("ibv_rx_hash_conf", struct ibv_rx_hash_conf, rx_hash_key_len);
}

static void probe_ibv_send_wr(void)
{
    TYPE("ibv_send_wr", struct ibv_send_wr);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.addr);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.length);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.mr);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.mw_access_flags);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.mw);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, imm_data);
    FIELD("ibv_send_wr", struct ibv_send_wr, invalidate_rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, next);
    FIELD("ibv_send_wr", struct ibv_send_wr, num_sge);
    FIELD("ibv_send_wr", struct ibv_send_wr, opcode);
    FIELD("ibv_send_wr", struct ibv_send_wr, qp_type);
    FIELD("ibv_send_wr", struct ibv_send_wr, qp_type.xrc);
    FIELD("ibv_send_wr", struct ibv_send_wr, qp_type.xrc.remote_srqn);
    FIELD("ibv_send_wr", struct ibv_send_wr, send_flags);
    FIELD("ibv_send_wr", struct ibv_send_wr, sg_list);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso.hdr);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso.hdr_sz);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso.mss);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.compare_add);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.remote_addr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.swap);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.rdma);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.rdma.remote_addr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.rdma.rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud.ah);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud.remote_qkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud.remote_qpn);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr_id);
}

static void probe_ibv_sge(void)
{
    TYPE("ibv_sge", struct ibv_sge);
    FIELD("ibv_sge", struct ibv_sge, addr);
    FIELD("ibv_sge", struct ibv_sge, length);
    FIELD("ibv_sge", struct ibv_sge, lkey);
}

static void probe_ibv_srq(void)
{
    TYPE("ibv_srq", struct ibv_srq);
    FIELD("ibv_srq", struct ibv_srq, cond);
    FIELD("ibv_srq", struct ibv_srq, cond.__align);
    FIELD("ibv_srq", struct ibv_srq, cond.__data);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g1_orig_size);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g1_start);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g1_start.__value32);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g1_start.__value64);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g_refs);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g_signals);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__g_size);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__wrefs);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__wseq);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__wseq.__value32);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__wseq.__value32.__high);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__wseq.__value32.__low);
    FIELD("ibv_srq", struct ibv_srq, cond.__data.__wseq.__value64);
    FIELD("ibv_srq", struct ibv_srq, cond.__size);
    FIELD("ibv_srq", struct ibv_srq, context);
    FIELD("ibv_srq", struct ibv_srq, events_completed);
    FIELD("ibv_srq", struct ibv_srq, handle);
    FIELD("ibv_srq", struct ibv_srq, mutex);
    FIELD("ibv_srq", struct ibv_srq, mutex.__align);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__count);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__elision);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__kind);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__list);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__list.__next);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__list.__prev);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__lock);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__nusers);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__owner);
    FIELD("ibv_srq", struct ibv_srq, mutex.__data.__spins);
    FIELD("ibv_srq", struct ibv_srq, mutex.__size);
    FIELD("ibv_srq", struct ibv_srq, pd);
    FIELD("ibv_srq", struct ibv_srq, srq_context);
}

static void probe_ibv_srq_attr(void)
{
    TYPE("ibv_srq_attr", struct ibv_srq_attr);
    FIELD("ibv_srq_attr", struct ibv_srq_attr, max_sge);
    FIELD("ibv_srq_attr", struct ibv_srq_attr, max_wr);
    FIELD("ibv_srq_attr", struct ibv_srq_attr, srq_limit);
}

static void probe_ibv_srq_init_attr(void)
{
    TYPE("ibv_srq_init_attr", struct ibv_srq_init_attr);
    FIELD("ibv_srq_init_attr", struct ibv_srq_init_attr, attr);
    FIELD("ibv_srq_init_attr", struct ibv_srq_init_attr, attr.max_sge);
    FIELD("ibv_srq_init_attr", struct ibv_srq_init_attr, attr.max_wr);
    FIELD("ibv_srq_init_attr", struct ibv_srq_init_attr, attr.srq_limit);
    FIELD("ibv_srq_init_attr", struct ibv_srq_init_attr, srq_context);
}

static void probe_ibv_tm_caps(void)
{
    TYPE("ibv_tm_caps", struct ibv_tm_caps);
    FIELD("ibv_tm_caps", struct ibv_tm_caps, flags);
    FIELD("ibv_tm_caps", struct ibv_tm_caps, max_num_tags);
    FIELD("ibv_tm_caps", struct ibv_tm_caps, max_ops);
    FIELD("ibv_tm_caps", struct ibv_tm_caps, max_rndv_hdr_size);
    FIELD("ibv_tm_caps", struct ibv_tm_caps, max_sge);
}

static void probe_ibv_tso_caps(void)
{
    TYPE("ibv_tso_caps", struct ibv_tso_caps);
    FIELD("ibv_tso_caps", struct ibv_tso_caps, max_tso);
    FIELD("ibv_tso_caps", struct ibv_tso_caps, supported_qpts);
}

static void probe_ibv_wc(void)
{
    TYPE("ibv_wc", struct ibv_wc);
    FIELD("ibv_wc", struct ibv_wc, byte_len);
    FIELD("ibv_wc", struct ibv_wc, dlid_path_bits);
    FIELD("ibv_wc", struct ibv_wc, imm_data);
    FIELD("ibv_wc", struct ibv_wc, invalidated_rkey);
    FIELD("ibv_wc", struct ibv_wc, opcode);
    FIELD("ibv_wc", struct ibv_wc, pkey_index);
    FIELD("ibv_wc", struct ibv_wc, qp_num);
    FIELD("ibv_wc", struct ibv_wc, sl);
    FIELD("ibv_wc", struct ibv_wc, slid);
    FIELD("ibv_wc", struct ibv_wc, src_qp);
    FIELD("ibv_wc", struct ibv_wc, status);
    FIELD("ibv_wc", struct ibv_wc, vendor_err);
    FIELD("ibv_wc", struct ibv_wc, wc_flags);
    FIELD("ibv_wc", struct ibv_wc, wr_id);
}

static void probe_ibv_wc_tm_info(void)
{
    TYPE("ibv_wc_tm_info", struct ibv_wc_tm_info);
    FIELD("ibv_wc_tm_info", struct ibv_wc_tm_info, priv);
    FIELD("ibv_wc_tm_info", struct ibv_wc_tm_info, tag);
}

static void probe_in6_addr(void)
{
    TYPE("in6_addr", struct in6_addr);
    FIELD("in6_addr", struct in6_addr, __in6_u);
    FIELD("in6_addr", struct in6_addr, __in6_u.__u6_addr16);
    FIELD("in6_addr", struct in6_addr, __in6_u.__u6_addr32);
    FIELD("in6_addr", struct in6_addr, __in6_u.__u6_addr8);
}

static void probe_in_addr(void)
{
    TYPE("in_addr", struct in_addr);
    FIELD("in_addr", struct in_addr, s_addr);
}

static void probe_pollfd(void)
{
    TYPE("pollfd", struct pollfd);
    FIELD("pollfd", struct pollfd, events);
    FIELD("pollfd", struct pollfd, fd);
    FIELD("pollfd", struct pollfd, revents);
}

static void probe_pthread_cond_t(void)
{
    TYPE("pthread_cond_t", pthread_cond_t);
    FIELD("pthread_cond_t", pthread_cond_t, __align);
    FIELD("pthread_cond_t", pthread_cond_t, __data);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_orig_size);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value32);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value32.__high);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value32.__low);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value64);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g_refs);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g_signals);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g_size);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wrefs);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value32);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value32.__high);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value32.__low);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value64);
    FIELD("pthread_cond_t", pthread_cond_t, __size);
}

static void probe_pthread_mutex_t(void)
{
    TYPE("pthread_mutex_t", pthread_mutex_t);
    FIELD("pthread_mutex_t", pthread_mutex_t, __align);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__count);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__elision);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__kind);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__list);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__list.__next);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__list.__prev);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__lock);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__nusers);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__owner);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__spins);
    FIELD("pthread_mutex_t", pthread_mutex_t, __size);
}

static void probe_rdma_addr(void)
{
    TYPE("rdma_addr", struct rdma_addr);
    FIELD("rdma_addr", struct rdma_addr, addr);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.global);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.global.interface_id);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.global.subnet_prefix);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.raw);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.pkey);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.global);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.global.interface_id);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.global.subnet_prefix);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.raw);
    FIELD("rdma_addr", struct rdma_addr, dst_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_addr.sa_data);
    FIELD("rdma_addr", struct rdma_addr, dst_addr.sa_family);
    FIELD("rdma_addr", struct rdma_addr, dst_sin);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_addr.s_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_family);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_port);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_zero);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_family);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_flowinfo);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_port);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_scope_id);
    FIELD("rdma_addr", struct rdma_addr, dst_storage);
    FIELD("rdma_addr", struct rdma_addr, dst_storage.__ss_align);
    FIELD("rdma_addr", struct rdma_addr, dst_storage.__ss_padding);
    FIELD("rdma_addr", struct rdma_addr, dst_storage.ss_family);
    FIELD("rdma_addr", struct rdma_addr, src_addr);
    FIELD("rdma_addr", struct rdma_addr, src_addr.sa_data);
    FIELD("rdma_addr", struct rdma_addr, src_addr.sa_family);
    FIELD("rdma_addr", struct rdma_addr, src_sin);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_addr);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_addr.s_addr);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_family);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_port);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_zero);
    FIELD("rdma_addr", struct rdma_addr, src_sin6);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_family);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_flowinfo);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_port);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_scope_id);
    FIELD("rdma_addr", struct rdma_addr, src_storage);
    FIELD("rdma_addr", struct rdma_addr, src_storage.__ss_align);
    FIELD("rdma_addr", struct rdma_addr, src_storage.__ss_padding);
    FIELD("rdma_addr", struct rdma_addr, src_storage.ss_family);
}

static void probe_rdma_addrinfo(void)
{
    TYPE("rdma_addrinfo", struct rdma_addrinfo);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_connect);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_connect_len);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_dst_addr);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_dst_canonname);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_dst_len);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_family);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_flags);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_next);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_port_space);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_qp_type);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_route);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_route_len);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_src_addr);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_src_canonname);
    FIELD("rdma_addrinfo", struct rdma_addrinfo, ai_src_len);
}

static void probe_rdma_cm_event(void)
{
    TYPE("rdma_cm_event", struct rdma_cm_event);
    FIELD("rdma_cm_event", struct rdma_cm_event, event);
    FIELD("rdma_cm_event", struct rdma_cm_event, id);
    FIELD("rdma_cm_event", struct rdma_cm_event, listen_id);
    FIELD("rdma_cm_event", struct rdma_cm_event, param);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.flow_control);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.initiator_depth);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.private_data);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.private_data_len);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.qp_num);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.responder_resources);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.retry_count);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.rnr_retry_count);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.srq);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.dlid);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.global);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.global.interface_id);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.raw);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.flow_label);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.hop_limit);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.sgid_index);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.traffic_class);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.is_global);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.port_num);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.sl);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.src_path_bits);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.static_rate);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.private_data);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.private_data_len);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.qkey);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.qp_num);
    FIELD("rdma_cm_event", struct rdma_cm_event, status);
}

static void probe_rdma_cm_id(void)
{
    TYPE("rdma_cm_id", struct rdma_cm_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, channel);
    FIELD("rdma_cm_id", struct rdma_cm_id, context);
    FIELD("rdma_cm_id", struct rdma_cm_id, event);
    FIELD("rdma_cm_id", struct rdma_cm_id, pd);
    FIELD("rdma_cm_id", struct rdma_cm_id, port_num);
    FIELD("rdma_cm_id", struct rdma_cm_id, ps);
    FIELD("rdma_cm_id", struct rdma_cm_id, qp);
    FIELD("rdma_cm_id", struct rdma_cm_id, qp_type);
    FIELD("rdma_cm_id", struct rdma_cm_id, recv_cq);
    FIELD("rdma_cm_id", struct rdma_cm_id, recv_cq_channel);
    FIELD("rdma_cm_id", struct rdma_cm_id, route);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.global);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.global.interface_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.global.subnet_prefix);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.raw);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.pkey);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.global);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.global.interface_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.global.subnet_prefix);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.raw);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_addr.sa_data);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_addr.sa_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_addr.s_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_zero);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_flowinfo);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_scope_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage.__ss_align);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage.__ss_padding);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage.ss_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_addr.sa_data);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_addr.sa_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_addr.s_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_zero);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_flowinfo);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_scope_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage.__ss_align);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage.__ss_padding);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage.ss_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.num_paths);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.path_rec);
    FIELD("rdma_cm_id", struct rdma_cm_id, send_cq);
    FIELD("rdma_cm_id", struct rdma_cm_id, send_cq_channel);
    FIELD("rdma_cm_id", struct rdma_cm_id, srq);
    FIELD("rdma_cm_id", struct rdma_cm_id, verbs);
}

static void probe_rdma_cm_join_mc_attr_ex(void)
{
    TYPE("rdma_cm_join_mc_attr_ex", struct rdma_cm_join_mc_attr_ex);
    FIELD("rdma_cm_join_mc_attr_ex", struct rdma_cm_join_mc_attr_ex, addr);
    FIELD("rdma_cm_join_mc_attr_ex", struct rdma_cm_join_mc_attr_ex, comp_mask);
    FIELD("rdma_cm_join_mc_attr_ex", struct rdma_cm_join_mc_attr_ex, join_flags);
}

static void probe_rdma_conn_param(void)
{
    TYPE("rdma_conn_param", struct rdma_conn_param);
    FIELD("rdma_conn_param", struct rdma_conn_param, flow_control);
    FIELD("rdma_conn_param", struct rdma_conn_param, initiator_depth);
    FIELD("rdma_conn_param", struct rdma_conn_param, private_data);
    FIELD("rdma_conn_param", struct rdma_conn_param, private_data_len);
    FIELD("rdma_conn_param", struct rdma_conn_param, qp_num);
    FIELD("rdma_conn_param", struct rdma_conn_param, responder_resources);
    FIELD("rdma_conn_param", struct rdma_conn_param, retry_count);
    FIELD("rdma_conn_param", struct rdma_conn_param, rnr_retry_count);
    FIELD("rdma_conn_param", struct rdma_conn_param, srq);
}

static void probe_rdma_event_channel(void)
{
    TYPE("rdma_event_channel", struct rdma_event_channel);
    FIELD("rdma_event_channel", struct rdma_event_channel, fd);
}

static void probe_rdma_ib_addr(void)
{
    TYPE("rdma_ib_addr", struct rdma_ib_addr);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.global);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.global.interface_id);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.global.subnet_prefix);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.raw);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, pkey);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.global);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.global.interface_id);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.global.subnet_prefix);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.raw);
}

static void probe_rdma_route(void)
{
    TYPE("rdma_route", struct rdma_route);
    FIELD("rdma_route", struct rdma_route, addr);
    FIELD("rdma_route", struct rdma_route, addr.addr);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.global);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.global.interface_id);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.global.subnet_prefix);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.raw);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.pkey);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.global);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.global.interface_id);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.global.subnet_prefix);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.raw);
    FIELD("rdma_route", struct rdma_route, addr.dst_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_addr.sa_data);
    FIELD("rdma_route", struct rdma_route, addr.dst_addr.sa_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_addr.s_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_port);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_zero);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_flowinfo);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_port);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_scope_id);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage.__ss_align);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage.__ss_padding);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage.ss_family);
    FIELD("rdma_route", struct rdma_route, addr.src_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_addr.sa_data);
    FIELD("rdma_route", struct rdma_route, addr.src_addr.sa_family);
    FIELD("rdma_route", struct rdma_route, addr.src_sin);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_addr.s_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_family);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_port);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_zero);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_family);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_flowinfo);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_port);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_scope_id);
    FIELD("rdma_route", struct rdma_route, addr.src_storage);
    FIELD("rdma_route", struct rdma_route, addr.src_storage.__ss_align);
    FIELD("rdma_route", struct rdma_route, addr.src_storage.__ss_padding);
    FIELD("rdma_route", struct rdma_route, addr.src_storage.ss_family);
    FIELD("rdma_route", struct rdma_route, num_paths);
    FIELD("rdma_route", struct rdma_route, path_rec);
}

static void probe_rdma_ud_param(void)
{
    TYPE("rdma_ud_param", struct rdma_ud_param);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.dlid);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.global);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.global.interface_id);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.raw);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.flow_label);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.hop_limit);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.sgid_index);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.traffic_class);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.is_global);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.port_num);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.sl);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.src_path_bits);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.static_rate);
    FIELD("rdma_ud_param", struct rdma_ud_param, private_data);
    FIELD("rdma_ud_param", struct rdma_ud_param, private_data_len);
    FIELD("rdma_ud_param", struct rdma_ud_param, qkey);
    FIELD("rdma_ud_param", struct rdma_ud_param, qp_num);
}

static void probe_rlimit(void)
{
    TYPE("rlimit", struct rlimit);
    FIELD("rlimit", struct rlimit, rlim_cur);
    FIELD("rlimit", struct rlimit, rlim_max);
}

static void probe_sockaddr(void)
{
    TYPE("sockaddr", struct sockaddr);
    FIELD("sockaddr", struct sockaddr, sa_data);
    FIELD("sockaddr", struct sockaddr, sa_family);
}

static void probe_sockaddr_in(void)
{
    TYPE("sockaddr_in", struct sockaddr_in);
    FIELD("sockaddr_in", struct sockaddr_in, sin_addr);
    FIELD("sockaddr_in", struct sockaddr_in, sin_addr.s_addr);
    FIELD("sockaddr_in", struct sockaddr_in, sin_family);
    FIELD("sockaddr_in", struct sockaddr_in, sin_port);
    FIELD("sockaddr_in", struct sockaddr_in, sin_zero);
}

static void probe_sockaddr_in6(void)
{
    TYPE("sockaddr_in6", struct sockaddr_in6);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u.__u6_addr16);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u.__u6_addr32);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u.__u6_addr8);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_family);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_flowinfo);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_port);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_scope_id);
}

static void probe_sockaddr_storage(void)
{
    TYPE("sockaddr_storage", struct sockaddr_storage);
    FIELD("sockaddr_storage", struct sockaddr_storage, __ss_align);
    FIELD("sockaddr_storage", struct sockaddr_storage, __ss_padding);
    FIELD("sockaddr_storage", struct sockaddr_storage, ss_family);
}

static void probe_timespec(void)
{
    TYPE("timespec", struct timespec);
    FIELD("timespec", struct timespec, tv_nsec);
    FIELD("timespec", struct timespec, tv_sec);
}

static void probe_verbs_context(void)
{
    TYPE("verbs_context", struct verbs_context);
    FIELD("verbs_context", struct verbs_context, ABI_placeholder1);
    FIELD("verbs_context", struct verbs_context, ABI_placeholder2);
    FIELD("verbs_context", struct verbs_context, _ABI_placeholder3);
    FIELD("verbs_context", struct verbs_context, advise_mr);
    FIELD("verbs_context", struct verbs_context, alloc_dm);
    FIELD("verbs_context", struct verbs_context, alloc_null_mr);
    FIELD("verbs_context", struct verbs_context, alloc_parent_domain);
    FIELD("verbs_context", struct verbs_context, alloc_td);
    FIELD("verbs_context", struct verbs_context, attach_counters_point_flow);
    FIELD("verbs_context", struct verbs_context, close_xrcd);
    FIELD("verbs_context", struct verbs_context, context);
    FIELD("verbs_context", struct verbs_context, context.abi_compat);
    FIELD("verbs_context", struct verbs_context, context.async_fd);
    FIELD("verbs_context", struct verbs_context, context.cmd_fd);
    FIELD("verbs_context", struct verbs_context, context.device);
    FIELD("verbs_context", struct verbs_context, context.mutex);
    FIELD("verbs_context", struct verbs_context, context.mutex.__align);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__count);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__elision);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__kind);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__list);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__list.__next);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__list.__prev);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__lock);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__nusers);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__owner);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__spins);
    FIELD("verbs_context", struct verbs_context, context.mutex.__size);
    FIELD("verbs_context", struct verbs_context, context.num_comp_vectors);
    FIELD("verbs_context", struct verbs_context, context.ops);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_alloc_pd);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_async_event);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_attach_mcast);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_cq_event);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_ah);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_cq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_dealloc_pd);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_dereg_mr);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_ah);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_cq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_detach_mcast);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_modify_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_modify_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_device);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_port);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_reg_mr);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_rereg_mr);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_resize_cq);
    FIELD("verbs_context", struct verbs_context, context.ops.alloc_mw);
    FIELD("verbs_context", struct verbs_context, context.ops.bind_mw);
    FIELD("verbs_context", struct verbs_context, context.ops.dealloc_mw);
    FIELD("verbs_context", struct verbs_context, context.ops.poll_cq);
    FIELD("verbs_context", struct verbs_context, context.ops.post_recv);
    FIELD("verbs_context", struct verbs_context, context.ops.post_send);
    FIELD("verbs_context", struct verbs_context, context.ops.post_srq_recv);
    FIELD("verbs_context", struct verbs_context, context.ops.req_notify_cq);
    FIELD("verbs_context", struct verbs_context, create_counters);
    FIELD("verbs_context", struct verbs_context, create_cq_ex);
    FIELD("verbs_context", struct verbs_context, create_flow_action_esp);
    FIELD("verbs_context", struct verbs_context, create_qp_ex);
    FIELD("verbs_context", struct verbs_context, create_rwq_ind_table);
    FIELD("verbs_context", struct verbs_context, create_srq_ex);
    FIELD("verbs_context", struct verbs_context, create_wq);
    FIELD("verbs_context", struct verbs_context, dealloc_td);
    FIELD("verbs_context", struct verbs_context, destroy_counters);
    FIELD("verbs_context", struct verbs_context, destroy_flow_action);
    FIELD("verbs_context", struct verbs_context, destroy_rwq_ind_table);
    FIELD("verbs_context", struct verbs_context, destroy_wq);
    FIELD("verbs_context", struct verbs_context, free_dm);
    FIELD("verbs_context", struct verbs_context, get_srq_num);
    FIELD("verbs_context", struct verbs_context, ibv_create_flow);
    FIELD("verbs_context", struct verbs_context, ibv_destroy_flow);
    FIELD("verbs_context", struct verbs_context, modify_cq);
    FIELD("verbs_context", struct verbs_context, modify_flow_action_esp);
    FIELD("verbs_context", struct verbs_context, modify_qp_rate_limit);
    FIELD("verbs_context", struct verbs_context, modify_wq);
    FIELD("verbs_context", struct verbs_context, open_qp);
    FIELD("verbs_context", struct verbs_context, open_xrcd);
    FIELD("verbs_context", struct verbs_context, post_srq_ops);
    FIELD("verbs_context", struct verbs_context, priv);
    FIELD("verbs_context", struct verbs_context, query_device_ex);
    FIELD("verbs_context", struct verbs_context, query_port);
    FIELD("verbs_context", struct verbs_context, query_rt_values);
    FIELD("verbs_context", struct verbs_context, read_counters);
    FIELD("verbs_context", struct verbs_context, reg_dm_mr);
    FIELD("verbs_context", struct verbs_context, sz);
}

static void probe_constants(void)
{
    CONSTANT(AF_INET);
    CONSTANT(AF_INET6);
    CONSTANT(E2BIG);
    CONSTANT(EACCES);
    CONSTANT(EADDRINUSE);
    CONSTANT(EADDRNOTAVAIL);
    CONSTANT(EADV);
    CONSTANT(EAFNOSUPPORT);
    CONSTANT(EAGAIN);
    CONSTANT(EALREADY);
    CONSTANT(EBADE);
    CONSTANT(EBADF);
    CONSTANT(EBADFD);
    CONSTANT(EBADMSG);
    CONSTANT(EBADR);
    CONSTANT(EBADRQC);
    CONSTANT(EBADSLT);
    CONSTANT(EBFONT);
    CONSTANT(EBUSY);
    CONSTANT(ECANCELED);
    CONSTANT(ECHILD);
    CONSTANT(ECHRNG);
    CONSTANT(ECOMM);
    CONSTANT(ECONNABORTED);
    CONSTANT(ECONNREFUSED);
    CONSTANT(ECONNRESET);
    CONSTANT(EDEADLK);
    CONSTANT(EDEADLOCK);
    CONSTANT(EDESTADDRREQ);
    CONSTANT(EDOM);
    CONSTANT(EDOTDOT);
    CONSTANT(EDQUOT);
    CONSTANT(EEXIST);
    CONSTANT(EFAULT);
    CONSTANT(EFBIG);
    CONSTANT(EHOSTDOWN);
    CONSTANT(EHOSTUNREACH);
    CONSTANT(EHWPOISON);
    CONSTANT(EIDRM);
    CONSTANT(EILSEQ);
    CONSTANT(EINPROGRESS);
    CONSTANT(EINTR);
    CONSTANT(EINVAL);
    CONSTANT(EIO);
    CONSTANT(EISCONN);
    CONSTANT(EISDIR);
    CONSTANT(EISNAM);
    CONSTANT(EKEYEXPIRED);
    CONSTANT(EKEYREJECTED);
    CONSTANT(EKEYREVOKED);
    CONSTANT(EL2HLT);
    CONSTANT(EL2NSYNC);
    CONSTANT(EL3HLT);
    CONSTANT(EL3RST);
    CONSTANT(ELIBACC);
    CONSTANT(ELIBBAD);
    CONSTANT(ELIBEXEC);
    CONSTANT(ELIBMAX);
    CONSTANT(ELIBSCN);
    CONSTANT(ELNRNG);
    CONSTANT(ELOOP);
    CONSTANT(EMEDIUMTYPE);
    CONSTANT(EMFILE);
    CONSTANT(EMLINK);
    CONSTANT(EMSGSIZE);
    CONSTANT(EMULTIHOP);
    CONSTANT(ENAMETOOLONG);
    CONSTANT(ENAVAIL);
    CONSTANT(ENETDOWN);
    CONSTANT(ENETRESET);
    CONSTANT(ENETUNREACH);
    CONSTANT(ENFILE);
    CONSTANT(ENOANO);
    CONSTANT(ENOBUFS);
    CONSTANT(ENOCSI);
    CONSTANT(ENODATA);
    CONSTANT(ENODEV);
    CONSTANT(ENOENT);
    CONSTANT(ENOEXEC);
    CONSTANT(ENOKEY);
    CONSTANT(ENOLCK);
    CONSTANT(ENOLINK);
    CONSTANT(ENOMEDIUM);
    CONSTANT(ENOMEM);
    CONSTANT(ENOMSG);
    CONSTANT(ENONET);
    CONSTANT(ENOPKG);
    CONSTANT(ENOPROTOOPT);
    CONSTANT(ENOSPC);
    CONSTANT(ENOSR);
    CONSTANT(ENOSTR);
    CONSTANT(ENOSYS);
    CONSTANT(ENOTBLK);
    CONSTANT(ENOTCONN);
    CONSTANT(ENOTDIR);
    CONSTANT(ENOTEMPTY);
    CONSTANT(ENOTNAM);
    CONSTANT(ENOTRECOVERABLE);
    CONSTANT(ENOTSOCK);
    CONSTANT(ENOTSUP);
    CONSTANT(ENOTTY);
    CONSTANT(ENOTUNIQ);
    CONSTANT(ENXIO);
    CONSTANT(EOPNOTSUPP);
    CONSTANT(EOVERFLOW);
    CONSTANT(EOWNERDEAD);
    CONSTANT(EPERM);
    CONSTANT(EPFNOSUPPORT);
    CONSTANT(EPIPE);
    CONSTANT(EPROTO);
    CONSTANT(EPROTONOSUPPORT);
    CONSTANT(EPROTOTYPE);
    CONSTANT(ERANGE);
    CONSTANT(EREMCHG);
    CONSTANT(EREMOTE);
    CONSTANT(EREMOTEIO);
    CONSTANT(ERESTART);
    CONSTANT(ERFKILL);
    CONSTANT(EROFS);
    CONSTANT(ESHUTDOWN);
    CONSTANT(ESOCKTNOSUPPORT);
    CONSTANT(ESPIPE);
    CONSTANT(ESRCH);
    CONSTANT(ESRMNT);
    CONSTANT(ESTALE);
    CONSTANT(ESTRPIPE);
    CONSTANT(ETIME);
    CONSTANT(ETIMEDOUT);
    CONSTANT(ETOOMANYREFS);
    CONSTANT(ETXTBSY);
    CONSTANT(EUCLEAN);
    CONSTANT(EUNATCH);
    CONSTANT(EUSERS);
    CONSTANT(EWOULDBLOCK);
    CONSTANT(EXDEV);
    CONSTANT(EXFULL);
    CONSTANT(F_GETFL);
    CONSTANT(F_SETFL);
    CONSTANT(IBV_ACCESS_HUGETLB);
    CONSTANT(IBV_ACCESS_LOCAL_WRITE);
    CONSTANT(IBV_ACCESS_MW_BIND);
    CONSTANT(IBV_ACCESS_ON_DEMAND);
    CONSTANT(IBV_ACCESS_OPTIONAL_FIRST);
    CONSTANT(IBV_ACCESS_OPTIONAL_RANGE);
    CONSTANT(IBV_ACCESS_RELAXED_ORDERING);
    CONSTANT(IBV_ACCESS_REMOTE_ATOMIC);
    CONSTANT(IBV_ACCESS_REMOTE_READ);
    CONSTANT(IBV_ACCESS_REMOTE_WRITE);
    CONSTANT(IBV_ACCESS_ZERO_BASED);
    CONSTANT(IBV_ADVISE_MR_ADVICE_PREFETCH);
    CONSTANT(IBV_ADVISE_MR_ADVICE_PREFETCH_NO_FAULT);
    CONSTANT(IBV_ADVISE_MR_ADVICE_PREFETCH_WRITE);
    CONSTANT(IBV_ADVISE_MR_FLAG_FLUSH);
    CONSTANT(IBV_ATOMIC_GLOB);
    CONSTANT(IBV_ATOMIC_HCA);
    CONSTANT(IBV_ATOMIC_NONE);
    CONSTANT(IBV_CQ_ATTR_MODERATE);
    CONSTANT(IBV_CQ_INIT_ATTR_MASK_FLAGS);
    CONSTANT(IBV_CQ_INIT_ATTR_MASK_PD);
    CONSTANT(IBV_CREATE_CQ_ATTR_IGNORE_OVERRUN);
    CONSTANT(IBV_CREATE_CQ_ATTR_SINGLE_THREADED);
    CONSTANT(IBV_CREATE_CQ_SUP_WC_FLAGS);
    CONSTANT(IBV_DEVICE_AUTO_PATH_MIG);
    CONSTANT(IBV_DEVICE_BAD_PKEY_CNTR);
    CONSTANT(IBV_DEVICE_BAD_QKEY_CNTR);
    CONSTANT(IBV_DEVICE_CHANGE_PHY_PORT);
    CONSTANT(IBV_DEVICE_CURR_QP_STATE_MOD);
    CONSTANT(IBV_DEVICE_INIT_TYPE);
    CONSTANT(IBV_DEVICE_MANAGED_FLOW_STEERING);
    CONSTANT(IBV_DEVICE_MEM_MGT_EXTENSIONS);
    CONSTANT(IBV_DEVICE_MEM_WINDOW);
    CONSTANT(IBV_DEVICE_MEM_WINDOW_TYPE_2A);
    CONSTANT(IBV_DEVICE_MEM_WINDOW_TYPE_2B);
    CONSTANT(IBV_DEVICE_N_NOTIFY_CQ);
    CONSTANT(IBV_DEVICE_PCI_WRITE_END_PADDING);
    CONSTANT(IBV_DEVICE_PORT_ACTIVE_EVENT);
    CONSTANT(IBV_DEVICE_RAW_IP_CSUM);
    CONSTANT(IBV_DEVICE_RAW_MULTI);
    CONSTANT(IBV_DEVICE_RAW_SCATTER_FCS);
    CONSTANT(IBV_DEVICE_RC_IP_CSUM);
    CONSTANT(IBV_DEVICE_RC_RNR_NAK_GEN);
    CONSTANT(IBV_DEVICE_RESIZE_MAX_WR);
    CONSTANT(IBV_DEVICE_SHUTDOWN_PORT);
    CONSTANT(IBV_DEVICE_SRQ_RESIZE);
    CONSTANT(IBV_DEVICE_SYS_IMAGE_GUID);
    CONSTANT(IBV_DEVICE_UD_AV_PORT_ENFORCE);
    CONSTANT(IBV_DEVICE_UD_IP_CSUM);
    CONSTANT(IBV_DEVICE_XRC);
    CONSTANT(IBV_EVENT_CLIENT_REREGISTER);
    CONSTANT(IBV_EVENT_COMM_EST);
    CONSTANT(IBV_EVENT_CQ_ERR);
    CONSTANT(IBV_EVENT_DEVICE_FATAL);
    CONSTANT(IBV_EVENT_GID_CHANGE);
    CONSTANT(IBV_EVENT_LID_CHANGE);
    CONSTANT(IBV_EVENT_PATH_MIG);
    CONSTANT(IBV_EVENT_PATH_MIG_ERR);
    CONSTANT(IBV_EVENT_PKEY_CHANGE);
    CONSTANT(IBV_EVENT_PORT_ACTIVE);
    CONSTANT(IBV_EVENT_PORT_ERR);
    CONSTANT(IBV_EVENT_QP_ACCESS_ERR);
    CONSTANT(IBV_EVENT_QP_FATAL);
    CONSTANT(IBV_EVENT_QP_LAST_WQE_REACHED);
    CONSTANT(IBV_EVENT_QP_REQ_ERR);
    CONSTANT(IBV_EVENT_SM_CHANGE);
    CONSTANT(IBV_EVENT_SQ_DRAINED);
    CONSTANT(IBV_EVENT_SRQ_ERR);
    CONSTANT(IBV_EVENT_SRQ_LIMIT_REACHED);
    CONSTANT(IBV_EVENT_WQ_FATAL);
    CONSTANT(IBV_FORK_DISABLED);
    CONSTANT(IBV_FORK_ENABLED);
    CONSTANT(IBV_FORK_UNNEEDED);
    CONSTANT(IBV_GID_TYPE_IB);
    CONSTANT(IBV_GID_TYPE_ROCE_V1);
    CONSTANT(IBV_GID_TYPE_ROCE_V2);
    CONSTANT(IBV_LINK_LAYER_ETHERNET);
    CONSTANT(IBV_LINK_LAYER_INFINIBAND);
    CONSTANT(IBV_LINK_LAYER_UNSPECIFIED);
    CONSTANT(IBV_MIG_ARMED);
    CONSTANT(IBV_MIG_MIGRATED);
    CONSTANT(IBV_MIG_REARM);
    CONSTANT(IBV_MTU_1024);
    CONSTANT(IBV_MTU_2048);
    CONSTANT(IBV_MTU_256);
    CONSTANT(IBV_MTU_4096);
    CONSTANT(IBV_MTU_512);
    CONSTANT(IBV_MW_TYPE_1);
    CONSTANT(IBV_MW_TYPE_2);
    CONSTANT(IBV_NODE_CA);
    CONSTANT(IBV_NODE_RNIC);
    CONSTANT(IBV_NODE_ROUTER);
    CONSTANT(IBV_NODE_SWITCH);
    CONSTANT(IBV_NODE_UNKNOWN);
    CONSTANT(IBV_NODE_UNSPECIFIED);
    CONSTANT(IBV_NODE_USNIC);
    CONSTANT(IBV_NODE_USNIC_UDP);
    CONSTANT(IBV_ODP_SUPPORT);
    CONSTANT(IBV_ODP_SUPPORT_ATOMIC);
    CONSTANT(IBV_ODP_SUPPORT_IMPLICIT);
    CONSTANT(IBV_ODP_SUPPORT_READ);
    CONSTANT(IBV_ODP_SUPPORT_RECV);
    CONSTANT(IBV_ODP_SUPPORT_SEND);
    CONSTANT(IBV_ODP_SUPPORT_SRQ_RECV);
    CONSTANT(IBV_ODP_SUPPORT_WRITE);
    CONSTANT(IBV_PCI_ATOMIC_OPERATION_16_BYTE_SIZE_SUP);
    CONSTANT(IBV_PCI_ATOMIC_OPERATION_4_BYTE_SIZE_SUP);
    CONSTANT(IBV_PCI_ATOMIC_OPERATION_8_BYTE_SIZE_SUP);
    CONSTANT(IBV_PORT_ACTIVE);
    CONSTANT(IBV_PORT_ACTIVE_DEFER);
    CONSTANT(IBV_PORT_ARMED);
    CONSTANT(IBV_PORT_AUTO_MIGR_SUP);
    CONSTANT(IBV_PORT_BOOT_MGMT_SUP);
    CONSTANT(IBV_PORT_CAP_MASK2_SUP);
    CONSTANT(IBV_PORT_CAP_MASK_NOTICE_SUP);
    CONSTANT(IBV_PORT_CLIENT_REG_SUP);
    CONSTANT(IBV_PORT_CM_SUP);
    CONSTANT(IBV_PORT_DEVICE_MGMT_SUP);
    CONSTANT(IBV_PORT_DOWN);
    CONSTANT(IBV_PORT_DR_NOTICE_SUP);
    CONSTANT(IBV_PORT_EXTENDED_SPEEDS_SUP);
    CONSTANT(IBV_PORT_INFO_EXT_SUP);
    CONSTANT(IBV_PORT_INIT);
    CONSTANT(IBV_PORT_IP_BASED_GIDS);
    CONSTANT(IBV_PORT_LED_INFO_SUP);
    CONSTANT(IBV_PORT_LINK_LATENCY_SUP);
    CONSTANT(IBV_PORT_LINK_SPEED_HDR_SUP);
    CONSTANT(IBV_PORT_LINK_SPEED_NDR_SUP);
    CONSTANT(IBV_PORT_LINK_WIDTH_2X_SUP);
    CONSTANT(IBV_PORT_MKEY_NVRAM);
    CONSTANT(IBV_PORT_NOP);
    CONSTANT(IBV_PORT_NOTICE_SUP);
    CONSTANT(IBV_PORT_OPT_IPD_SUP);
    CONSTANT(IBV_PORT_PKEY_NVRAM);
    CONSTANT(IBV_PORT_PKEY_SW_EXT_PORT_TRAP_SUP);
    CONSTANT(IBV_PORT_REINIT_SUP);
    CONSTANT(IBV_PORT_SET_NODE_DESC_SUP);
    CONSTANT(IBV_PORT_SL_MAP_SUP);
    CONSTANT(IBV_PORT_SM);
    CONSTANT(IBV_PORT_SNMP_TUNNEL_SUP);
    CONSTANT(IBV_PORT_SWITCH_PORT_STATE_TABLE_SUP);
    CONSTANT(IBV_PORT_SYS_IMAGE_GUID_SUP);
    CONSTANT(IBV_PORT_TRAP_SUP);
    CONSTANT(IBV_PORT_VENDOR_CLASS_SUP);
    CONSTANT(IBV_PORT_VIRT_SUP);
    CONSTANT(IBV_QPF_GRH_REQUIRED);
    CONSTANT(IBV_QPS_ERR);
    CONSTANT(IBV_QPS_INIT);
    CONSTANT(IBV_QPS_RESET);
    CONSTANT(IBV_QPS_RTR);
    CONSTANT(IBV_QPS_RTS);
    CONSTANT(IBV_QPS_SQD);
    CONSTANT(IBV_QPS_SQE);
    CONSTANT(IBV_QPS_UNKNOWN);
    CONSTANT(IBV_QPT_DRIVER);
    CONSTANT(IBV_QPT_RAW_PACKET);
    CONSTANT(IBV_QPT_RC);
    CONSTANT(IBV_QPT_UC);
    CONSTANT(IBV_QPT_UD);
    CONSTANT(IBV_QPT_XRC_RECV);
    CONSTANT(IBV_QPT_XRC_SEND);
    CONSTANT(IBV_QP_ACCESS_FLAGS);
    CONSTANT(IBV_QP_ALT_PATH);
    CONSTANT(IBV_QP_AV);
    CONSTANT(IBV_QP_CAP);
    CONSTANT(IBV_QP_CREATE_BLOCK_SELF_MCAST_LB);
    CONSTANT(IBV_QP_CREATE_CVLAN_STRIPPING);
    CONSTANT(IBV_QP_CREATE_PCI_WRITE_END_PADDING);
    CONSTANT(IBV_QP_CREATE_SCATTER_FCS);
    CONSTANT(IBV_QP_CREATE_SOURCE_QPN);
    CONSTANT(IBV_QP_CUR_STATE);
    CONSTANT(IBV_QP_DEST_QPN);
    CONSTANT(IBV_QP_EN_SQD_ASYNC_NOTIFY);
    CONSTANT(IBV_QP_EX_WITH_ATOMIC_CMP_AND_SWP);
    CONSTANT(IBV_QP_EX_WITH_ATOMIC_FETCH_AND_ADD);
    CONSTANT(IBV_QP_EX_WITH_ATOMIC_WRITE);
    CONSTANT(IBV_QP_EX_WITH_BIND_MW);
    CONSTANT(IBV_QP_EX_WITH_LOCAL_INV);
    CONSTANT(IBV_QP_EX_WITH_RDMA_READ);
    CONSTANT(IBV_QP_EX_WITH_RDMA_WRITE);
    CONSTANT(IBV_QP_EX_WITH_RDMA_WRITE_WITH_IMM);
    CONSTANT(IBV_QP_EX_WITH_SEND);
    CONSTANT(IBV_QP_EX_WITH_SEND_WITH_IMM);
    CONSTANT(IBV_QP_EX_WITH_SEND_WITH_INV);
    CONSTANT(IBV_QP_EX_WITH_TSO);
    CONSTANT(IBV_QP_INIT_ATTR_CREATE_FLAGS);
    CONSTANT(IBV_QP_INIT_ATTR_PD);
    CONSTANT(IBV_QP_INIT_ATTR_RX_HASH);
    CONSTANT(IBV_QP_INIT_ATTR_SEND_OPS_FLAGS);
    CONSTANT(IBV_QP_MAX_DEST_RD_ATOMIC);
    CONSTANT(IBV_QP_MAX_QP_RD_ATOMIC);
    CONSTANT(IBV_QP_MIN_RNR_TIMER);
    CONSTANT(IBV_QP_PATH_MIG_STATE);
    CONSTANT(IBV_QP_PATH_MTU);
    CONSTANT(IBV_QP_PKEY_INDEX);
    CONSTANT(IBV_QP_PORT);
    CONSTANT(IBV_QP_QKEY);
    CONSTANT(IBV_QP_RATE_LIMIT);
    CONSTANT(IBV_QP_RETRY_CNT);
    CONSTANT(IBV_QP_RNR_RETRY);
    CONSTANT(IBV_QP_RQ_PSN);
    CONSTANT(IBV_QP_SQ_PSN);
    CONSTANT(IBV_QP_STATE);
    CONSTANT(IBV_QP_TIMEOUT);
    CONSTANT(IBV_RATE_100_GBPS);
    CONSTANT(IBV_RATE_10_GBPS);
    CONSTANT(IBV_RATE_112_GBPS);
    CONSTANT(IBV_RATE_1200_GBPS);
    CONSTANT(IBV_RATE_120_GBPS);
    CONSTANT(IBV_RATE_14_GBPS);
    CONSTANT(IBV_RATE_168_GBPS);
    CONSTANT(IBV_RATE_200_GBPS);
    CONSTANT(IBV_RATE_20_GBPS);
    CONSTANT(IBV_RATE_25_GBPS);
    CONSTANT(IBV_RATE_28_GBPS);
    CONSTANT(IBV_RATE_2_5_GBPS);
    CONSTANT(IBV_RATE_300_GBPS);
    CONSTANT(IBV_RATE_30_GBPS);
    CONSTANT(IBV_RATE_400_GBPS);
    CONSTANT(IBV_RATE_40_GBPS);
    CONSTANT(IBV_RATE_50_GBPS);
    CONSTANT(IBV_RATE_56_GBPS);
    CONSTANT(IBV_RATE_5_GBPS);
    CONSTANT(IBV_RATE_600_GBPS);
    CONSTANT(IBV_RATE_60_GBPS);
    CONSTANT(IBV_RATE_800_GBPS);
    CONSTANT(IBV_RATE_80_GBPS);
    CONSTANT(IBV_RATE_MAX);
    CONSTANT(IBV_RAW_PACKET_CAP_CVLAN_STRIPPING);
    CONSTANT(IBV_RAW_PACKET_CAP_DELAY_DROP);
    CONSTANT(IBV_RAW_PACKET_CAP_IP_CSUM);
    CONSTANT(IBV_RAW_PACKET_CAP_SCATTER_FCS);
    CONSTANT(IBV_REREG_MR_CHANGE_ACCESS);
    CONSTANT(IBV_REREG_MR_CHANGE_PD);
    CONSTANT(IBV_REREG_MR_CHANGE_TRANSLATION);
    CONSTANT(IBV_REREG_MR_ERR_CMD);
    CONSTANT(IBV_REREG_MR_ERR_CMD_AND_DO_FORK_NEW);
    CONSTANT(IBV_REREG_MR_ERR_DONT_FORK_NEW);
    CONSTANT(IBV_REREG_MR_ERR_DO_FORK_OLD);
    CONSTANT(IBV_REREG_MR_ERR_INPUT);
    CONSTANT(IBV_REREG_MR_FLAGS_SUPPORTED);
    CONSTANT(IBV_RX_HASH_FUNC_TOEPLITZ);
    CONSTANT(IBV_SEND_FENCE);
    CONSTANT(IBV_SEND_INLINE);
    CONSTANT(IBV_SEND_IP_CSUM);
    CONSTANT(IBV_SEND_SIGNALED);
    CONSTANT(IBV_SEND_SOLICITED);
    CONSTANT(IBV_SRQT_BASIC);
    CONSTANT(IBV_SRQ_LIMIT);
    CONSTANT(IBV_SRQ_MAX_WR);
    CONSTANT(IBV_TM_CAP_RC);
    CONSTANT(IBV_TRANSPORT_IB);
    CONSTANT(IBV_TRANSPORT_IWARP);
    CONSTANT(IBV_TRANSPORT_UNKNOWN);
    CONSTANT(IBV_TRANSPORT_UNSPECIFIED);
    CONSTANT(IBV_TRANSPORT_USNIC);
    CONSTANT(IBV_TRANSPORT_USNIC_UDP);
    CONSTANT(IBV_WC_ATOMIC_WRITE);
    CONSTANT(IBV_WC_BAD_RESP_ERR);
    CONSTANT(IBV_WC_BIND_MW);
    CONSTANT(IBV_WC_COMP_SWAP);
    CONSTANT(IBV_WC_EX_WITH_BYTE_LEN);
    CONSTANT(IBV_WC_EX_WITH_COMPLETION_TIMESTAMP);
    CONSTANT(IBV_WC_EX_WITH_COMPLETION_TIMESTAMP_WALLCLOCK);
    CONSTANT(IBV_WC_EX_WITH_CVLAN);
    CONSTANT(IBV_WC_EX_WITH_DLID_PATH_BITS);
    CONSTANT(IBV_WC_EX_WITH_FLOW_TAG);
    CONSTANT(IBV_WC_EX_WITH_IMM);
    CONSTANT(IBV_WC_EX_WITH_QP_NUM);
    CONSTANT(IBV_WC_EX_WITH_SL);
    CONSTANT(IBV_WC_EX_WITH_SLID);
    CONSTANT(IBV_WC_EX_WITH_SRC_QP);
    CONSTANT(IBV_WC_EX_WITH_TM_INFO);
    CONSTANT(IBV_WC_FATAL_ERR);
    CONSTANT(IBV_WC_FETCH_ADD);
    CONSTANT(IBV_WC_GENERAL_ERR);
    CONSTANT(IBV_WC_GRH);
    CONSTANT(IBV_WC_INV_EECN_ERR);
    CONSTANT(IBV_WC_INV_EEC_STATE_ERR);
    CONSTANT(IBV_WC_IP_CSUM_OK);
    CONSTANT(IBV_WC_LOCAL_INV);
    CONSTANT(IBV_WC_LOC_ACCESS_ERR);
    CONSTANT(IBV_WC_LOC_EEC_OP_ERR);
    CONSTANT(IBV_WC_LOC_LEN_ERR);
    CONSTANT(IBV_WC_LOC_PROT_ERR);
    CONSTANT(IBV_WC_LOC_QP_OP_ERR);
    CONSTANT(IBV_WC_LOC_RDD_VIOL_ERR);
    CONSTANT(IBV_WC_MW_BIND_ERR);
    CONSTANT(IBV_WC_RDMA_READ);
    CONSTANT(IBV_WC_RDMA_WRITE);
    CONSTANT(IBV_WC_RECV);
    CONSTANT(IBV_WC_RECV_RDMA_WITH_IMM);
    CONSTANT(IBV_WC_REM_ABORT_ERR);
    CONSTANT(IBV_WC_REM_ACCESS_ERR);
    CONSTANT(IBV_WC_REM_INV_RD_REQ_ERR);
    CONSTANT(IBV_WC_REM_INV_REQ_ERR);
    CONSTANT(IBV_WC_REM_OP_ERR);
    CONSTANT(IBV_WC_RESP_TIMEOUT_ERR);
    CONSTANT(IBV_WC_RETRY_EXC_ERR);
    CONSTANT(IBV_WC_RNR_RETRY_EXC_ERR);
    CONSTANT(IBV_WC_SEND);
    CONSTANT(IBV_WC_STANDARD_FLAGS);
    CONSTANT(IBV_WC_SUCCESS);
    CONSTANT(IBV_WC_WITH_IMM);
    CONSTANT(IBV_WC_WITH_INV);
    CONSTANT(IBV_WC_WR_FLUSH_ERR);
    CONSTANT(IBV_WR_ATOMIC_CMP_AND_SWP);
    CONSTANT(IBV_WR_ATOMIC_FETCH_AND_ADD);
    CONSTANT(IBV_WR_ATOMIC_WRITE);
    CONSTANT(IBV_WR_BIND_MW);
    CONSTANT(IBV_WR_LOCAL_INV);
    CONSTANT(IBV_WR_RDMA_READ);
    CONSTANT(IBV_WR_RDMA_WRITE);
    CONSTANT(IBV_WR_RDMA_WRITE_WITH_IMM);
    CONSTANT(IBV_WR_SEND);
    CONSTANT(IBV_WR_SEND_WITH_IMM);
    CONSTANT(IBV_WR_SEND_WITH_INV);
    CONSTANT(O_NONBLOCK);
    CONSTANT(POLLERR);
    CONSTANT(POLLHUP);
    CONSTANT(POLLIN);
    CONSTANT(RAI_FAMILY);
    CONSTANT(RAI_NOROUTE);
    CONSTANT(RAI_NUMERICHOST);
    CONSTANT(RAI_PASSIVE);
    CONSTANT(RDMA_CM_EVENT_ADDR_CHANGE);
    CONSTANT(RDMA_CM_EVENT_ADDR_ERROR);
    CONSTANT(RDMA_CM_EVENT_ADDR_RESOLVED);
    CONSTANT(RDMA_CM_EVENT_CONNECT_ERROR);
    CONSTANT(RDMA_CM_EVENT_CONNECT_REQUEST);
    CONSTANT(RDMA_CM_EVENT_CONNECT_RESPONSE);
    CONSTANT(RDMA_CM_EVENT_DEVICE_REMOVAL);
    CONSTANT(RDMA_CM_EVENT_DISCONNECTED);
    CONSTANT(RDMA_CM_EVENT_ESTABLISHED);
    CONSTANT(RDMA_CM_EVENT_MULTICAST_ERROR);
    CONSTANT(RDMA_CM_EVENT_MULTICAST_JOIN);
    CONSTANT(RDMA_CM_EVENT_REJECTED);
    CONSTANT(RDMA_CM_EVENT_ROUTE_ERROR);
    CONSTANT(RDMA_CM_EVENT_ROUTE_RESOLVED);
    CONSTANT(RDMA_CM_EVENT_TIMEWAIT_EXIT);
    CONSTANT(RDMA_CM_EVENT_UNREACHABLE);
    CONSTANT(RDMA_CM_JOIN_MC_ATTR_ADDRESS);
    CONSTANT(RDMA_CM_JOIN_MC_ATTR_JOIN_FLAGS);
    CONSTANT(RDMA_MAX_INIT_DEPTH);
    CONSTANT(RDMA_MAX_RESP_RES);
    CONSTANT(RDMA_MC_JOIN_FLAG_FULLMEMBER);
    CONSTANT(RDMA_MC_JOIN_FLAG_SENDONLY_FULLMEMBER);
    CONSTANT(RDMA_OPTION_ID);
    CONSTANT(RDMA_OPTION_ID_ACK_TIMEOUT);
    CONSTANT(RDMA_OPTION_ID_AFONLY);
    CONSTANT(RDMA_OPTION_ID_REUSEADDR);
    CONSTANT(RDMA_OPTION_ID_TOS);
    CONSTANT(RDMA_PS_IB);
    CONSTANT(RDMA_PS_IPOIB);
    CONSTANT(RDMA_PS_TCP);
    CONSTANT(RDMA_PS_UDP);
    CONSTANT(RDMA_UDP_QKEY);
    CONSTANT(RLIMIT_MEMLOCK);
}

int main(void)
{
    probe___atomic_wide_counter();
    probe___pthread_cond_s();
    probe___pthread_internal_list();
    probe___pthread_list_t();
    probe___pthread_mutex_s();
    probe__ibv_device_ops();
    probe_ibv_ah();
    probe_ibv_ah_attr();
    probe_ibv_async_event();
    probe_ibv_comp_channel();
    probe_ibv_context();
    probe_ibv_context_ops();
    probe_ibv_cq();
    probe_ibv_cq_ex();
    probe_ibv_cq_init_attr_ex();
    probe_ibv_cq_moderation_caps();
    probe_ibv_data_buf();
    probe_ibv_device();
    probe_ibv_device_attr();
    probe_ibv_device_attr_ex();
    probe_ibv_ece();
    probe_ibv_gid();
    probe_ibv_gid_entry();
    probe_ibv_global_route();
    probe_ibv_grh();
    probe_ibv_moderate_cq();
    probe_ibv_modify_cq_attr();
    probe_ibv_mr();
    probe_ibv_mw();
    probe_ibv_mw_bind();
    probe_ibv_mw_bind_info();
    probe_ibv_odp_caps();
    probe_ibv_packet_pacing_caps();
    probe_ibv_pci_atomic_caps();
    probe_ibv_pd();
    probe_ibv_poll_cq_attr();
    probe_ibv_port_attr();
    probe_ibv_qp();
    probe_ibv_qp_attr();
    probe_ibv_qp_cap();
    probe_ibv_qp_ex();
    probe_ibv_qp_init_attr();
    probe_ibv_qp_init_attr_ex();
    probe_ibv_query_device_ex_input();
    probe_ibv_recv_wr();
    probe_ibv_rss_caps();
    probe_ibv_rx_hash_conf();
    probe_ibv_send_wr();
    probe_ibv_sge();
    probe_ibv_srq();
    probe_ibv_srq_attr();
    probe_ibv_srq_init_attr();
    probe_ibv_tm_caps();
    probe_ibv_tso_caps();
    probe_ibv_wc();
    probe_ibv_wc_tm_info();
    probe_in6_addr();
    probe_in_addr();
    probe_pollfd();
    probe_pthread_cond_t();
    probe_pthread_mutex_t();
    probe_rdma_addr();
    probe_rdma_addrinfo();
    probe_rdma_cm_event();
    probe_rdma_cm_id();
    probe_rdma_cm_join_mc_attr_ex();
    probe_rdma_conn_param();
    probe_rdma_event_channel();
    probe_rdma_ib_addr();
    probe_rdma_route();
    probe_rdma_ud_param();
    probe_rlimit();
    probe_sockaddr();
    probe_sockaddr_in();
    probe_sockaddr_in6();
    probe_sockaddr_storage();
    probe_timespec();
    probe_verbs_context();
    probe_constants();
    return 0;
}
