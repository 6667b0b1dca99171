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
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value32.__low);
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value64);
    FIELD("__atomic_wide_counter", __atomic_wide_counter, __value32.__high);
}

static void probe___pthread_cond_s(void)
{
    TYPE("__pthread_cond_s", struct __pthread_cond_s);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value32);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value32.__low);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value64);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wseq.__value32.__high);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value32);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value32.__low);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value64);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_start.__value32.__high);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g_refs);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g_size);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g1_orig_size);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __wrefs);
    FIELD("__pthread_cond_s", struct __pthread_cond_s, __g_signals);
}

static void probe___pthread_internal_list(void)
{
    TYPE("__pthread_internal_list", struct __pthread_internal_list);
    FIELD("__pthread_internal_list", struct __pthread_internal_list, __prev);
    FIELD("__pthread_internal_list", struct __pthread_internal_list, __next);
}

static void probe___pthread_list_t(void)
{
    TYPE("__pthread_list_t", __pthread_list_t);
    FIELD("__pthread_list_t", __pthread_list_t, __prev);
    FIELD("__pthread_list_t", __pthread_list_t, __next);
}

static void probe___pthread_mutex_s(void)
{
    TYPE("__pthread_mutex_s", struct __pthread_mutex_s);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __lock);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __count);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __owner);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __nusers);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __kind);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __spins);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __elision);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __list);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __list.__prev);
    FIELD("__pthread_mutex_s", struct __pthread_mutex_s, __list.__next);
}

static void probe__ibv_device_ops(void)
{
    TYPE("_ibv_device_ops", struct _ibv_device_ops);
    FIELD("_ibv_device_ops", struct _ibv_device_ops, _dummy1);
    FIELD("_ibv_device_ops", struct _ibv_device_ops, _dummy2);
}

static void probe_ibv_ah_attr(void)
{
    TYPE("ibv_ah_attr", struct ibv_ah_attr);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.global);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.global.subnet_prefix);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.raw);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.dgid.global.interface_id);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.flow_label);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.sgid_index);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.hop_limit);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, grh.traffic_class);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, dlid);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, sl);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, src_path_bits);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, static_rate);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, is_global);
    FIELD("ibv_ah_attr", struct ibv_ah_attr, port_num);
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
    FIELD("ibv_context", struct ibv_context, device);
    FIELD("ibv_context", struct ibv_context, ops);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_device);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_port);
    FIELD("ibv_context", struct ibv_context, ops._compat_alloc_pd);
    FIELD("ibv_context", struct ibv_context, ops._compat_dealloc_pd);
    FIELD("ibv_context", struct ibv_context, ops._compat_reg_mr);
    FIELD("ibv_context", struct ibv_context, ops._compat_rereg_mr);
    FIELD("ibv_context", struct ibv_context, ops._compat_dereg_mr);
    FIELD("ibv_context", struct ibv_context, ops.alloc_mw);
    FIELD("ibv_context", struct ibv_context, ops.bind_mw);
    FIELD("ibv_context", struct ibv_context, ops.dealloc_mw);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_cq);
    FIELD("ibv_context", struct ibv_context, ops.poll_cq);
    FIELD("ibv_context", struct ibv_context, ops.req_notify_cq);
    FIELD("ibv_context", struct ibv_context, ops._compat_cq_event);
    FIELD("ibv_context", struct ibv_context, ops._compat_resize_cq);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_cq);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_modify_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_srq);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_srq);
    FIELD("ibv_context", struct ibv_context, ops.post_srq_recv);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_query_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_modify_qp);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_qp);
    FIELD("ibv_context", struct ibv_context, ops.post_send);
    FIELD("ibv_context", struct ibv_context, ops.post_recv);
    FIELD("ibv_context", struct ibv_context, ops._compat_create_ah);
    FIELD("ibv_context", struct ibv_context, ops._compat_destroy_ah);
    FIELD("ibv_context", struct ibv_context, ops._compat_attach_mcast);
    FIELD("ibv_context", struct ibv_context, ops._compat_detach_mcast);
    FIELD("ibv_context", struct ibv_context, ops._compat_async_event);
    FIELD("ibv_context", struct ibv_context, cmd_fd);
    FIELD("ibv_context", struct ibv_context, async_fd);
    FIELD("ibv_context", struct ibv_context, num_comp_vectors);
    FIELD("ibv_context", struct ibv_context, mutex);
    FIELD("ibv_context", struct ibv_context, mutex.__align);
    FIELD("ibv_context", struct ibv_context, mutex.__data);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__lock);
    FIELD("ibv_context", struct ibv_context, mutex.__size);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__count);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__owner);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__nusers);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__kind);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__spins);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__elision);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__list);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__list.__prev);
    FIELD("ibv_context", struct ibv_context, mutex.__data.__list.__next);
    FIELD("ibv_context", struct ibv_context, abi_compat);
}

static void probe_ibv_context_ops(void)
{
    TYPE("ibv_context_ops", struct ibv_context_ops);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_device);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_port);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_alloc_pd);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_dealloc_pd);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_reg_mr);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_rereg_mr);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_dereg_mr);
    FIELD("ibv_context_ops", struct ibv_context_ops, alloc_mw);
    FIELD("ibv_context_ops", struct ibv_context_ops, bind_mw);
    FIELD("ibv_context_ops", struct ibv_context_ops, dealloc_mw);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, poll_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, req_notify_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_cq_event);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_resize_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_cq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_modify_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_srq);
    FIELD("ibv_context_ops", struct ibv_context_ops, post_srq_recv);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_query_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_modify_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_qp);
    FIELD("ibv_context_ops", struct ibv_context_ops, post_send);
    FIELD("ibv_context_ops", struct ibv_context_ops, post_recv);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_create_ah);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_destroy_ah);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_attach_mcast);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_detach_mcast);
    FIELD("ibv_context_ops", struct ibv_context_ops, _compat_async_event);
}

static void probe_ibv_cq(void)
{
    TYPE("ibv_cq", struct ibv_cq);
    FIELD("ibv_cq", struct ibv_cq, context);
    FIELD("ibv_cq", struct ibv_cq, channel);
    FIELD("ibv_cq", struct ibv_cq, cq_context);
    FIELD("ibv_cq", struct ibv_cq, handle);
    FIELD("ibv_cq", struct ibv_cq, cqe);
    FIELD("ibv_cq", struct ibv_cq, mutex);
    FIELD("ibv_cq", struct ibv_cq, mutex.__align);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__lock);
    FIELD("ibv_cq", struct ibv_cq, mutex.__size);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__count);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__owner);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__nusers);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__kind);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__spins);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__elision);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__list);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__list.__prev);
    FIELD("ibv_cq", struct ibv_cq, mutex.__data.__list.__next);
    FIELD("ibv_cq", struct ibv_cq, cond);
    FIELD("ibv_cq", struct ibv_cq, cond.__align);
    FIELD("ibv_cq", struct ibv_cq, cond.__data);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value32);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value32.__low);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value64);
    FIELD("ibv_cq", struct ibv_cq, cond.__size);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wseq.__value32.__high);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value32);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value64);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g_refs);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g_size);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g1_orig_size);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__wrefs);
    FIELD("ibv_cq", struct ibv_cq, cond.__data.__g_signals);
    FIELD("ibv_cq", struct ibv_cq, comp_events_completed);
    FIELD("ibv_cq", struct ibv_cq, async_events_completed);
}

static void probe_ibv_device(void)
{
    TYPE("ibv_device", struct ibv_device);
    FIELD("ibv_device", struct ibv_device, _ops);
    FIELD("ibv_device", struct ibv_device, _ops._dummy1);
    FIELD("ibv_device", struct ibv_device, _ops._dummy2);
    FIELD("ibv_device", struct ibv_device, node_type);
    FIELD("ibv_device", struct ibv_device, transport_type);
    FIELD("ibv_device", struct ibv_device, name);
    FIELD("ibv_device", struct ibv_device, dev_name);
    FIELD("ibv_device", struct ibv_device, dev_path);
    FIELD("ibv_device", struct ibv_device, ibdev_path);
}

static void probe_ibv_device_attr(void)
{
    TYPE("ibv_device_attr", struct ibv_device_attr);
    FIELD("ibv_device_attr", struct ibv_device_attr, fw_ver);
    FIELD("ibv_device_attr", struct ibv_device_attr, node_guid);
    FIELD("ibv_device_attr", struct ibv_device_attr, sys_image_guid);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mr_size);
    FIELD("ibv_device_attr", struct ibv_device_attr, page_size_cap);
    FIELD("ibv_device_attr", struct ibv_device_attr, vendor_id);
    FIELD("ibv_device_attr", struct ibv_device_attr, vendor_part_id);
    FIELD("ibv_device_attr", struct ibv_device_attr, hw_ver);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp_wr);
    FIELD("ibv_device_attr", struct ibv_device_attr, device_cap_flags);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_sge);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_sge_rd);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_cq);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_cqe);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_pd);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ee_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_res_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_qp_init_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ee_init_rd_atom);
    FIELD("ibv_device_attr", struct ibv_device_attr, atomic_cap);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ee);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_rdd);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mw);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_raw_ipv6_qp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_raw_ethy_qp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mcast_grp);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_mcast_qp_attach);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_total_mcast_qp_attach);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_ah);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_fmr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_map_per_fmr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_srq);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_srq_wr);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_srq_sge);
    FIELD("ibv_device_attr", struct ibv_device_attr, max_pkeys);
    FIELD("ibv_device_attr", struct ibv_device_attr, local_ca_ack_delay);
    FIELD("ibv_device_attr", struct ibv_device_attr, phys_port_cnt);
}

static void probe_ibv_gid(void)
{
    TYPE("ibv_gid", union ibv_gid);
    FIELD("ibv_gid", union ibv_gid, global);
    FIELD("ibv_gid", union ibv_gid, global.subnet_prefix);
    FIELD("ibv_gid", union ibv_gid, raw);
    FIELD("ibv_gid", union ibv_gid, global.interface_id);
}

static void probe_ibv_gid_entry(void)
{
    TYPE("ibv_gid_entry", struct ibv_gid_entry);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.global);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.global.subnet_prefix);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.raw);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid.global.interface_id);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid_index);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, port_num);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, gid_type);
    FIELD("ibv_gid_entry", struct ibv_gid_entry, ndev_ifindex);
}

static void probe_ibv_global_route(void)
{
    TYPE("ibv_global_route", struct ibv_global_route);
    FIELD("ibv_global_route", struct ibv_global_route, dgid);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.global);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.global.subnet_prefix);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.raw);
    FIELD("ibv_global_route", struct ibv_global_route, dgid.global.interface_id);
    FIELD("ibv_global_route", struct ibv_global_route, flow_label);
    FIELD("ibv_global_route", struct ibv_global_route, sgid_index);
    FIELD("ibv_global_route", struct ibv_global_route, hop_limit);
    FIELD("ibv_global_route", struct ibv_global_route, traffic_class);
}

static void probe_ibv_mr(void)
{
    TYPE("ibv_mr", struct ibv_mr);
    FIELD("ibv_mr", struct ibv_mr, context);
    FIELD("ibv_mr", struct ibv_mr, pd);
    FIELD("ibv_mr", struct ibv_mr, addr);
    FIELD("ibv_mr", struct ibv_mr, length);
    FIELD("ibv_mr", struct ibv_mr, handle);
    FIELD("ibv_mr", struct ibv_mr, lkey);
    FIELD("ibv_mr", struct ibv_mr, rkey);
}

static void probe_ibv_mw_bind_info(void)
{
    TYPE("ibv_mw_bind_info", struct ibv_mw_bind_info);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, mr);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, addr);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, length);
    FIELD("ibv_mw_bind_info", struct ibv_mw_bind_info, mw_access_flags);
}

static void probe_ibv_pd(void)
{
    TYPE("ibv_pd", struct ibv_pd);
    FIELD("ibv_pd", struct ibv_pd, context);
    FIELD("ibv_pd", struct ibv_pd, handle);
}

static void probe_ibv_port_attr(void)
{
    TYPE("ibv_port_attr", struct ibv_port_attr);
    FIELD("ibv_port_attr", struct ibv_port_attr, state);
    FIELD("ibv_port_attr", struct ibv_port_attr, max_mtu);
    FIELD("ibv_port_attr", struct ibv_port_attr, active_mtu);
    FIELD("ibv_port_attr", struct ibv_port_attr, gid_tbl_len);
    FIELD("ibv_port_attr", struct ibv_port_attr, port_cap_flags);
    FIELD("ibv_port_attr", struct ibv_port_attr, max_msg_sz);
    FIELD("ibv_port_attr", struct ibv_port_attr, bad_pkey_cntr);
    FIELD("ibv_port_attr", struct ibv_port_attr, qkey_viol_cntr);
    FIELD("ibv_port_attr", struct ibv_port_attr, pkey_tbl_len);
    FIELD("ibv_port_attr", struct ibv_port_attr, lid);
    FIELD("ibv_port_attr", struct ibv_port_attr, sm_lid);
    FIELD("ibv_port_attr", struct ibv_port_attr, lmc);
    FIELD("ibv_port_attr", struct ibv_port_attr, max_vl_num);
    FIELD("ibv_port_attr", struct ibv_port_attr, sm_sl);
    FIELD("ibv_port_attr", struct ibv_port_attr, subnet_timeout);
    FIELD("ibv_port_attr", struct ibv_port_attr, init_type_reply);
    FIELD("ibv_port_attr", struct ibv_port_attr, active_width);
    FIELD("ibv_port_attr", struct ibv_port_attr, active_speed);
    FIELD("ibv_port_attr", struct ibv_port_attr, phys_state);
    FIELD("ibv_port_attr", struct ibv_port_attr, link_layer);
    FIELD("ibv_port_attr", struct ibv_port_attr, flags);
    FIELD("ibv_port_attr", struct ibv_port_attr, port_cap_flags2);
}

static void probe_ibv_qp(void)
{
    TYPE("ibv_qp", struct ibv_qp);
    FIELD("ibv_qp", struct ibv_qp, context);
    FIELD("ibv_qp", struct ibv_qp, qp_context);
    FIELD("ibv_qp", struct ibv_qp, pd);
    FIELD("ibv_qp", struct ibv_qp, send_cq);
    FIELD("ibv_qp", struct ibv_qp, recv_cq);
    FIELD("ibv_qp", struct ibv_qp, srq);
    FIELD("ibv_qp", struct ibv_qp, handle);
    FIELD("ibv_qp", struct ibv_qp, qp_num);
    FIELD("ibv_qp", struct ibv_qp, state);
    FIELD("ibv_qp", struct ibv_qp, qp_type);
    FIELD("ibv_qp", struct ibv_qp, mutex);
    FIELD("ibv_qp", struct ibv_qp, mutex.__align);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__lock);
    FIELD("ibv_qp", struct ibv_qp, mutex.__size);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__count);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__owner);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__nusers);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__kind);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__spins);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__elision);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__list);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__list.__prev);
    FIELD("ibv_qp", struct ibv_qp, mutex.__data.__list.__next);
    FIELD("ibv_qp", struct ibv_qp, cond);
    FIELD("ibv_qp", struct ibv_qp, cond.__align);
    FIELD("ibv_qp", struct ibv_qp, cond.__data);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value32);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value32.__low);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value64);
    FIELD("ibv_qp", struct ibv_qp, cond.__size);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wseq.__value32.__high);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value32);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value32.__low);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value64);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_start.__value32.__high);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g_refs);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g_size);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g1_orig_size);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__wrefs);
    FIELD("ibv_qp", struct ibv_qp, cond.__data.__g_signals);
    FIELD("ibv_qp", struct ibv_qp, events_completed);
}

static void probe_ibv_qp_attr(void)
{
    TYPE("ibv_qp_attr", struct ibv_qp_attr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, qp_state);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cur_qp_state);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, path_mtu);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, path_mig_state);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, qkey);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, rq_psn);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, sq_psn);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, dest_qp_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, qp_access_flags);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_send_wr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_recv_wr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_send_sge);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_recv_sge);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, cap.max_inline_data);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.raw);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.dgid.global.interface_id);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.flow_label);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.sgid_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.hop_limit);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.grh.traffic_class);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.dlid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.sl);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.src_path_bits);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.static_rate);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.is_global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, ah_attr.port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.raw);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.dgid.global.interface_id);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.flow_label);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.sgid_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.hop_limit);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.grh.traffic_class);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.dlid);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.sl);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.src_path_bits);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.static_rate);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.is_global);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_ah_attr.port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, pkey_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_pkey_index);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, en_sqd_async_notify);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, sq_draining);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, max_rd_atomic);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, max_dest_rd_atomic);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, min_rnr_timer);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, timeout);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, retry_cnt);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, rnr_retry);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_port_num);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, alt_timeout);
    FIELD("ibv_qp_attr", struct ibv_qp_attr, rate_limit);
}

static void probe_ibv_qp_cap(void)
{
    TYPE("ibv_qp_cap", struct ibv_qp_cap);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_send_wr);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_recv_wr);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_send_sge);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_recv_sge);
    FIELD("ibv_qp_cap", struct ibv_qp_cap, max_inline_data);
}

static void probe_ibv_qp_init_attr(void)
{
    TYPE("ibv_qp_init_attr", struct ibv_qp_init_attr);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, qp_context);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, send_cq);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, recv_cq);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, srq);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_send_wr);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_recv_wr);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_send_sge);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_recv_sge);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, cap.max_inline_data);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, qp_type);
    FIELD("ibv_qp_init_attr", struct ibv_qp_init_attr, sq_sig_all);
}

static void probe_ibv_recv_wr(void)
{
    TYPE("ibv_recv_wr", struct ibv_recv_wr);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, wr_id);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, next);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, sg_list);
    FIELD("ibv_recv_wr", struct ibv_recv_wr, num_sge);
}

static void probe_ibv_send_wr(void)
{
    TYPE("ibv_send_wr", struct ibv_send_wr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr_id);
    FIELD("ibv_send_wr", struct ibv_send_wr, next);
    FIELD("ibv_send_wr", struct ibv_send_wr, sg_list);
    FIELD("ibv_send_wr", struct ibv_send_wr, num_sge);
    FIELD("ibv_send_wr", struct ibv_send_wr, opcode);
    FIELD("ibv_send_wr", struct ibv_send_wr, send_flags);
    FIELD("ibv_send_wr", struct ibv_send_wr, imm_data);
    FIELD("ibv_send_wr", struct ibv_send_wr, invalidate_rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.remote_addr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.rdma);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.rdma.remote_addr);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud.ah);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.compare_add);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.rdma.rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud.remote_qpn);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.ud.remote_qkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.swap);
    FIELD("ibv_send_wr", struct ibv_send_wr, wr.atomic.rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, qp_type);
    FIELD("ibv_send_wr", struct ibv_send_wr, qp_type.xrc);
    FIELD("ibv_send_wr", struct ibv_send_wr, qp_type.xrc.remote_srqn);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.mw);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso.hdr);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.rkey);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso.hdr_sz);
    FIELD("ibv_send_wr", struct ibv_send_wr, tso.mss);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.mr);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.addr);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.length);
    FIELD("ibv_send_wr", struct ibv_send_wr, bind_mw.bind_info.mw_access_flags);
}

static void probe_ibv_sge(void)
{
    TYPE("ibv_sge", struct ibv_sge);
    FIELD("ibv_sge", struct ibv_sge, addr);
    FIELD("ibv_sge", struct ibv_sge, length);
    FIELD("ibv_sge", struct ibv_sge, lkey);
}

static void probe_ibv_wc(void)
{
    TYPE("ibv_wc", struct ibv_wc);
    FIELD("ibv_wc", struct ibv_wc, wr_id);
    FIELD("ibv_wc", struct ibv_wc, status);
    FIELD("ibv_wc", struct ibv_wc, opcode);
    FIELD("ibv_wc", struct ibv_wc, vendor_err);
    FIELD("ibv_wc", struct ibv_wc, byte_len);
    FIELD("ibv_wc", struct ibv_wc, imm_data);
    FIELD("ibv_wc", struct ibv_wc, invalidated_rkey);
    FIELD("ibv_wc", struct ibv_wc, qp_num);
    FIELD("ibv_wc", struct ibv_wc, src_qp);
    FIELD("ibv_wc", struct ibv_wc, wc_flags);
    FIELD("ibv_wc", struct ibv_wc, pkey_index);
    FIELD("ibv_wc", struct ibv_wc, slid);
    FIELD("ibv_wc", struct ibv_wc, sl);
    FIELD("ibv_wc", struct ibv_wc, dlid_path_bits);
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
    FIELD("pollfd", struct pollfd, fd);
    FIELD("pollfd", struct pollfd, events);
    FIELD("pollfd", struct pollfd, revents);
}

static void probe_pthread_cond_t(void)
{
    TYPE("pthread_cond_t", pthread_cond_t);
    FIELD("pthread_cond_t", pthread_cond_t, __align);
    FIELD("pthread_cond_t", pthread_cond_t, __data);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value32);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value32.__low);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value64);
    FIELD("pthread_cond_t", pthread_cond_t, __size);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wseq.__value32.__high);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value32);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value32.__low);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value64);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_start.__value32.__high);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g_refs);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g_size);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g1_orig_size);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__wrefs);
    FIELD("pthread_cond_t", pthread_cond_t, __data.__g_signals);
}

static void probe_pthread_mutex_t(void)
{
    TYPE("pthread_mutex_t", pthread_mutex_t);
    FIELD("pthread_mutex_t", pthread_mutex_t, __align);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__lock);
    FIELD("pthread_mutex_t", pthread_mutex_t, __size);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__count);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__owner);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__nusers);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__kind);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__spins);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__elision);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__list);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__list.__prev);
    FIELD("pthread_mutex_t", pthread_mutex_t, __data.__list.__next);
}

static void probe_rdma_addr(void)
{
    TYPE("rdma_addr", struct rdma_addr);
    FIELD("rdma_addr", struct rdma_addr, src_addr);
    FIELD("rdma_addr", struct rdma_addr, src_addr.sa_family);
    FIELD("rdma_addr", struct rdma_addr, src_sin);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_family);
    FIELD("rdma_addr", struct rdma_addr, src_sin6);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_family);
    FIELD("rdma_addr", struct rdma_addr, src_storage);
    FIELD("rdma_addr", struct rdma_addr, src_storage.ss_family);
    FIELD("rdma_addr", struct rdma_addr, src_addr.sa_data);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_port);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_port);
    FIELD("rdma_addr", struct rdma_addr, src_storage.__ss_padding);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_addr);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_addr.s_addr);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_flowinfo);
    FIELD("rdma_addr", struct rdma_addr, src_sin.sin_zero);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_addr", struct rdma_addr, src_sin6.sin6_scope_id);
    FIELD("rdma_addr", struct rdma_addr, src_storage.__ss_align);
    FIELD("rdma_addr", struct rdma_addr, dst_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_addr.sa_family);
    FIELD("rdma_addr", struct rdma_addr, dst_sin);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_family);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_family);
    FIELD("rdma_addr", struct rdma_addr, dst_storage);
    FIELD("rdma_addr", struct rdma_addr, dst_storage.ss_family);
    FIELD("rdma_addr", struct rdma_addr, dst_addr.sa_data);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_port);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_port);
    FIELD("rdma_addr", struct rdma_addr, dst_storage.__ss_padding);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_addr.s_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_flowinfo);
    FIELD("rdma_addr", struct rdma_addr, dst_sin.sin_zero);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_addr", struct rdma_addr, dst_sin6.sin6_scope_id);
    FIELD("rdma_addr", struct rdma_addr, dst_storage.__ss_align);
    FIELD("rdma_addr", struct rdma_addr, addr);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.global);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.global.subnet_prefix);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.raw);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.sgid.global.interface_id);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.global);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.global.subnet_prefix);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.raw);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.dgid.global.interface_id);
    FIELD("rdma_addr", struct rdma_addr, addr.ibaddr.pkey);
}

static void probe_rdma_cm_event(void)
{
    TYPE("rdma_cm_event", struct rdma_cm_event);
    FIELD("rdma_cm_event", struct rdma_cm_event, id);
    FIELD("rdma_cm_event", struct rdma_cm_event, listen_id);
    FIELD("rdma_cm_event", struct rdma_cm_event, event);
    FIELD("rdma_cm_event", struct rdma_cm_event, status);
    FIELD("rdma_cm_event", struct rdma_cm_event, param);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.private_data);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.private_data);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.private_data_len);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.private_data_len);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.responder_resources);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.initiator_depth);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.flow_control);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.retry_count);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.rnr_retry_count);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.srq);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.conn.qp_num);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.global);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.raw);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.dgid.global.interface_id);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.flow_label);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.sgid_index);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.hop_limit);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.grh.traffic_class);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.dlid);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.sl);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.src_path_bits);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.static_rate);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.is_global);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.ah_attr.port_num);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.qp_num);
    FIELD("rdma_cm_event", struct rdma_cm_event, param.ud.qkey);
}

static void probe_rdma_cm_id(void)
{
    TYPE("rdma_cm_id", struct rdma_cm_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, verbs);
    FIELD("rdma_cm_id", struct rdma_cm_id, channel);
    FIELD("rdma_cm_id", struct rdma_cm_id, context);
    FIELD("rdma_cm_id", struct rdma_cm_id, qp);
    FIELD("rdma_cm_id", struct rdma_cm_id, route);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_addr.sa_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage.ss_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_addr.sa_data);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage.__ss_padding);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_addr.s_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_flowinfo);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin.sin_zero);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_sin6.sin6_scope_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.src_storage.__ss_align);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_addr.sa_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage.ss_family);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_addr.sa_data);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_port);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage.__ss_padding);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_addr.s_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_flowinfo);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin.sin_zero);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_sin6.sin6_scope_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.dst_storage.__ss_align);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.global);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.global.subnet_prefix);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.raw);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.sgid.global.interface_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.global);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.global.subnet_prefix);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.raw);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.dgid.global.interface_id);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.addr.addr.ibaddr.pkey);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.path_rec);
    FIELD("rdma_cm_id", struct rdma_cm_id, route.num_paths);
    FIELD("rdma_cm_id", struct rdma_cm_id, ps);
    FIELD("rdma_cm_id", struct rdma_cm_id, port_num);
    FIELD("rdma_cm_id", struct rdma_cm_id, event);
    FIELD("rdma_cm_id", struct rdma_cm_id, send_cq_channel);
    FIELD("rdma_cm_id", struct rdma_cm_id, send_cq);
    FIELD("rdma_cm_id", struct rdma_cm_id, recv_cq_channel);
    FIELD("rdma_cm_id", struct rdma_cm_id, recv_cq);
    FIELD("rdma_cm_id", struct rdma_cm_id, srq);
    FIELD("rdma_cm_id", struct rdma_cm_id, pd);
    FIELD("rdma_cm_id", struct rdma_cm_id, qp_type);
}

static void probe_rdma_conn_param(void)
{
    TYPE("rdma_conn_param", struct rdma_conn_param);
    FIELD("rdma_conn_param", struct rdma_conn_param, private_data);
    FIELD("rdma_conn_param", struct rdma_conn_param, private_data_len);
    FIELD("rdma_conn_param", struct rdma_conn_param, responder_resources);
    FIELD("rdma_conn_param", struct rdma_conn_param, initiator_depth);
    FIELD("rdma_conn_param", struct rdma_conn_param, flow_control);
    FIELD("rdma_conn_param", struct rdma_conn_param, retry_count);
    FIELD("rdma_conn_param", struct rdma_conn_param, rnr_retry_count);
    FIELD("rdma_conn_param", struct rdma_conn_param, srq);
    FIELD("rdma_conn_param", struct rdma_conn_param, qp_num);
}

static void probe_rdma_event_channel(void)
{
    TYPE("rdma_event_channel", struct rdma_event_channel);
    FIELD("rdma_event_channel", struct rdma_event_channel, fd);
}

static void probe_rdma_ib_addr(void)
{
    TYPE("rdma_ib_addr", struct rdma_ib_addr);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.global);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.global.subnet_prefix);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.raw);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, sgid.global.interface_id);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.global);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.global.subnet_prefix);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.raw);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, dgid.global.interface_id);
    FIELD("rdma_ib_addr", struct rdma_ib_addr, pkey);
}

static void probe_rdma_route(void)
{
    TYPE("rdma_route", struct rdma_route);
    FIELD("rdma_route", struct rdma_route, addr);
    FIELD("rdma_route", struct rdma_route, addr.src_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_addr.sa_family);
    FIELD("rdma_route", struct rdma_route, addr.src_sin);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_family);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_family);
    FIELD("rdma_route", struct rdma_route, addr.src_storage);
    FIELD("rdma_route", struct rdma_route, addr.src_storage.ss_family);
    FIELD("rdma_route", struct rdma_route, addr.src_addr.sa_data);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_port);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_port);
    FIELD("rdma_route", struct rdma_route, addr.src_storage.__ss_padding);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_addr.s_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_flowinfo);
    FIELD("rdma_route", struct rdma_route, addr.src_sin.sin_zero);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_route", struct rdma_route, addr.src_sin6.sin6_scope_id);
    FIELD("rdma_route", struct rdma_route, addr.src_storage.__ss_align);
    FIELD("rdma_route", struct rdma_route, addr.dst_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_addr.sa_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage.ss_family);
    FIELD("rdma_route", struct rdma_route, addr.dst_addr.sa_data);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_port);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_port);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage.__ss_padding);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_addr.s_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_flowinfo);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin.sin_zero);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u.__u6_addr16);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u.__u6_addr32);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_addr.__in6_u.__u6_addr8);
    FIELD("rdma_route", struct rdma_route, addr.dst_sin6.sin6_scope_id);
    FIELD("rdma_route", struct rdma_route, addr.dst_storage.__ss_align);
    FIELD("rdma_route", struct rdma_route, addr.addr);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.global);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.global.subnet_prefix);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.raw);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.sgid.global.interface_id);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.global);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.global.subnet_prefix);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.raw);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.dgid.global.interface_id);
    FIELD("rdma_route", struct rdma_route, addr.addr.ibaddr.pkey);
    FIELD("rdma_route", struct rdma_route, path_rec);
    FIELD("rdma_route", struct rdma_route, num_paths);
}

static void probe_rdma_ud_param(void)
{
    TYPE("rdma_ud_param", struct rdma_ud_param);
    FIELD("rdma_ud_param", struct rdma_ud_param, private_data);
    FIELD("rdma_ud_param", struct rdma_ud_param, private_data_len);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.global);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.global.subnet_prefix);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.raw);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.dgid.global.interface_id);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.flow_label);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.sgid_index);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.hop_limit);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.grh.traffic_class);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.dlid);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.sl);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.src_path_bits);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.static_rate);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.is_global);
    FIELD("rdma_ud_param", struct rdma_ud_param, ah_attr.port_num);
    FIELD("rdma_ud_param", struct rdma_ud_param, qp_num);
    FIELD("rdma_ud_param", struct rdma_ud_param, qkey);
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
    FIELD("sockaddr", struct sockaddr, sa_family);
    FIELD("sockaddr", struct sockaddr, sa_data);
}

static void probe_sockaddr_in(void)
{
    TYPE("sockaddr_in", struct sockaddr_in);
    FIELD("sockaddr_in", struct sockaddr_in, sin_family);
    FIELD("sockaddr_in", struct sockaddr_in, sin_port);
    FIELD("sockaddr_in", struct sockaddr_in, sin_addr);
    FIELD("sockaddr_in", struct sockaddr_in, sin_addr.s_addr);
    FIELD("sockaddr_in", struct sockaddr_in, sin_zero);
}

static void probe_sockaddr_in6(void)
{
    TYPE("sockaddr_in6", struct sockaddr_in6);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_family);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_port);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_flowinfo);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u.__u6_addr16);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u.__u6_addr32);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_addr.__in6_u.__u6_addr8);
    FIELD("sockaddr_in6", struct sockaddr_in6, sin6_scope_id);
}

static void probe_sockaddr_storage(void)
{
    TYPE("sockaddr_storage", struct sockaddr_storage);
    FIELD("sockaddr_storage", struct sockaddr_storage, ss_family);
    FIELD("sockaddr_storage", struct sockaddr_storage, __ss_padding);
    FIELD("sockaddr_storage", struct sockaddr_storage, __ss_align);
}

static void probe_verbs_context(void)
{
    TYPE("verbs_context", struct verbs_context);
    FIELD("verbs_context", struct verbs_context, query_port);
    FIELD("verbs_context", struct verbs_context, advise_mr);
    FIELD("verbs_context", struct verbs_context, alloc_null_mr);
    FIELD("verbs_context", struct verbs_context, read_counters);
    FIELD("verbs_context", struct verbs_context, attach_counters_point_flow);
    FIELD("verbs_context", struct verbs_context, create_counters);
    FIELD("verbs_context", struct verbs_context, destroy_counters);
    FIELD("verbs_context", struct verbs_context, reg_dm_mr);
    FIELD("verbs_context", struct verbs_context, alloc_dm);
    FIELD("verbs_context", struct verbs_context, free_dm);
    FIELD("verbs_context", struct verbs_context, modify_flow_action_esp);
    FIELD("verbs_context", struct verbs_context, destroy_flow_action);
    FIELD("verbs_context", struct verbs_context, create_flow_action_esp);
    FIELD("verbs_context", struct verbs_context, modify_qp_rate_limit);
    FIELD("verbs_context", struct verbs_context, alloc_parent_domain);
    FIELD("verbs_context", struct verbs_context, dealloc_td);
    FIELD("verbs_context", struct verbs_context, alloc_td);
    FIELD("verbs_context", struct verbs_context, modify_cq);
    FIELD("verbs_context", struct verbs_context, post_srq_ops);
    FIELD("verbs_context", struct verbs_context, destroy_rwq_ind_table);
    FIELD("verbs_context", struct verbs_context, create_rwq_ind_table);
    FIELD("verbs_context", struct verbs_context, destroy_wq);
    FIELD("verbs_context", struct verbs_context, modify_wq);
    FIELD("verbs_context", struct verbs_context, create_wq);
    FIELD("verbs_context", struct verbs_context, query_rt_values);
    FIELD("verbs_context", struct verbs_context, create_cq_ex);
    FIELD("verbs_context", struct verbs_context, priv);
    FIELD("verbs_context", struct verbs_context, query_device_ex);
    FIELD("verbs_context", struct verbs_context, ibv_destroy_flow);
    FIELD("verbs_context", struct verbs_context, ABI_placeholder2);
    FIELD("verbs_context", struct verbs_context, ibv_create_flow);
    FIELD("verbs_context", struct verbs_context, ABI_placeholder1);
    FIELD("verbs_context", struct verbs_context, open_qp);
    FIELD("verbs_context", struct verbs_context, create_qp_ex);
    FIELD("verbs_context", struct verbs_context, get_srq_num);
    FIELD("verbs_context", struct verbs_context, create_srq_ex);
    FIELD("verbs_context", struct verbs_context, open_xrcd);
    FIELD("verbs_context", struct verbs_context, close_xrcd);
    FIELD("verbs_context", struct verbs_context, _ABI_placeholder3);
    FIELD("verbs_context", struct verbs_context, sz);
    FIELD("verbs_context", struct verbs_context, context);
    FIELD("verbs_context", struct verbs_context, context.device);
    FIELD("verbs_context", struct verbs_context, context.ops);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_device);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_port);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_alloc_pd);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_dealloc_pd);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_reg_mr);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_rereg_mr);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_dereg_mr);
    FIELD("verbs_context", struct verbs_context, context.ops.alloc_mw);
    FIELD("verbs_context", struct verbs_context, context.ops.bind_mw);
    FIELD("verbs_context", struct verbs_context, context.ops.dealloc_mw);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_cq);
    FIELD("verbs_context", struct verbs_context, context.ops.poll_cq);
    FIELD("verbs_context", struct verbs_context, context.ops.req_notify_cq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_cq_event);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_resize_cq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_cq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_modify_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_srq);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_srq);
    FIELD("verbs_context", struct verbs_context, context.ops.post_srq_recv);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_query_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_modify_qp);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_qp);
    FIELD("verbs_context", struct verbs_context, context.ops.post_send);
    FIELD("verbs_context", struct verbs_context, context.ops.post_recv);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_create_ah);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_destroy_ah);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_attach_mcast);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_detach_mcast);
    FIELD("verbs_context", struct verbs_context, context.ops._compat_async_event);
    FIELD("verbs_context", struct verbs_context, context.cmd_fd);
    FIELD("verbs_context", struct verbs_context, context.async_fd);
    FIELD("verbs_context", struct verbs_context, context.num_comp_vectors);
    FIELD("verbs_context", struct verbs_context, context.mutex);
    FIELD("verbs_context", struct verbs_context, context.mutex.__align);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__lock);
    FIELD("verbs_context", struct verbs_context, context.mutex.__size);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__count);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__owner);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__nusers);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__kind);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__spins);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__elision);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__list);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__list.__prev);
    FIELD("verbs_context", struct verbs_context, context.mutex.__data.__list.__next);
    FIELD("verbs_context", struct verbs_context, context.abi_compat);
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
    CONSTANT(IBV_ATOMIC_GLOB);
    CONSTANT(IBV_ATOMIC_HCA);
    CONSTANT(IBV_ATOMIC_NONE);
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
    CONSTANT(IBV_NODE_CA);
    CONSTANT(IBV_NODE_RNIC);
    CONSTANT(IBV_NODE_ROUTER);
    CONSTANT(IBV_NODE_SWITCH);
    CONSTANT(IBV_NODE_UNKNOWN);
    CONSTANT(IBV_NODE_UNSPECIFIED);
    CONSTANT(IBV_NODE_USNIC);
    CONSTANT(IBV_NODE_USNIC_UDP);
    CONSTANT(IBV_PORT_ACTIVE);
    CONSTANT(IBV_PORT_ACTIVE_DEFER);
    CONSTANT(IBV_PORT_ARMED);
    CONSTANT(IBV_PORT_DOWN);
    CONSTANT(IBV_PORT_INIT);
    CONSTANT(IBV_PORT_NOP);
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
    CONSTANT(IBV_QP_CUR_STATE);
    CONSTANT(IBV_QP_DEST_QPN);
    CONSTANT(IBV_QP_EN_SQD_ASYNC_NOTIFY);
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
    CONSTANT(IBV_SEND_FENCE);
    CONSTANT(IBV_SEND_INLINE);
    CONSTANT(IBV_SEND_IP_CSUM);
    CONSTANT(IBV_SEND_SIGNALED);
    CONSTANT(IBV_SEND_SOLICITED);
    CONSTANT(IBV_TRANSPORT_IB);
    CONSTANT(IBV_TRANSPORT_IWARP);
    CONSTANT(IBV_TRANSPORT_UNKNOWN);
    CONSTANT(IBV_TRANSPORT_UNSPECIFIED);
    CONSTANT(IBV_TRANSPORT_USNIC);
    CONSTANT(IBV_TRANSPORT_USNIC_UDP);
    CONSTANT(IBV_WC_BAD_RESP_ERR);
    CONSTANT(IBV_WC_BIND_MW);
    CONSTANT(IBV_WC_COMP_SWAP);
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
    CONSTANT(IBV_WC_SUCCESS);
    CONSTANT(IBV_WC_WITH_IMM);
    CONSTANT(IBV_WC_WITH_INV);
    CONSTANT(IBV_WC_WR_FLUSH_ERR);
    CONSTANT(IBV_WR_ATOMIC_CMP_AND_SWP);
    CONSTANT(IBV_WR_ATOMIC_FETCH_AND_ADD);
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
    CONSTANT(RDMA_MAX_INIT_DEPTH);
    CONSTANT(RDMA_MAX_RESP_RES);
    CONSTANT(RDMA_OPTION_ID);
    CONSTANT(RDMA_OPTION_ID_ACK_TIMEOUT);
    CONSTANT(RDMA_OPTION_ID_AFONLY);
    CONSTANT(RDMA_OPTION_ID_REUSEADDR);
    CONSTANT(RDMA_OPTION_ID_TOS);
    CONSTANT(RDMA_PS_IB);
    CONSTANT(RDMA_PS_IPOIB);
    CONSTANT(RDMA_PS_TCP);
    CONSTANT(RDMA_PS_UDP);
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
    probe_ibv_ah_attr();
    probe_ibv_async_event();
    probe_ibv_comp_channel();
    probe_ibv_context();
    probe_ibv_context_ops();
    probe_ibv_cq();
    probe_ibv_device();
    probe_ibv_device_attr();
    probe_ibv_gid();
    probe_ibv_gid_entry();
    probe_ibv_global_route();
    probe_ibv_mr();
    probe_ibv_mw_bind_info();
    probe_ibv_pd();
    probe_ibv_port_attr();
    probe_ibv_qp();
    probe_ibv_qp_attr();
    probe_ibv_qp_cap();
    probe_ibv_qp_init_attr();
    probe_ibv_recv_wr();
    probe_ibv_send_wr();
    probe_ibv_sge();
    probe_ibv_wc();
    probe_in6_addr();
    probe_in_addr();
    probe_pollfd();
    probe_pthread_cond_t();
    probe_pthread_mutex_t();
    probe_rdma_addr();
    probe_rdma_cm_event();
    probe_rdma_cm_id();
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
    probe_verbs_context();
    probe_constants();
    return 0;
}
