package dev.verbs.ibv;

import java.util.List;

/** The exported functions that this package links to; apart from the classes that link, so that it can be read without them. */
final class Symbols {
    static final List<String> VERBS = List.of(
        "ibv_get_device_list",
        "ibv_free_device_list",
        "ibv_get_device_name",
        "ibv_get_device_guid",
        "ibv_open_device",
        "ibv_close_device",
        "ibv_query_device",
        "ibv_query_port",
        "_ibv_query_gid_table",
        "ibv_alloc_pd",
        "ibv_dealloc_pd",
        "ibv_reg_mr",
        "ibv_reg_mr_iova2",
        "ibv_dereg_mr",
        "ibv_create_comp_channel",
        "ibv_destroy_comp_channel",
        "ibv_create_cq",
        "ibv_destroy_cq",
        "ibv_get_cq_event",
        "ibv_ack_cq_events",
        "ibv_create_qp",
        "ibv_destroy_qp",
        "ibv_modify_qp",
        "ibv_query_qp");

    static final List<String> CM = List.of(
        "rdma_create_event_channel",
        "rdma_destroy_event_channel",
        "rdma_create_id",
        "rdma_destroy_id",
        "rdma_bind_addr",
        "rdma_resolve_addr",
        "rdma_resolve_route",
        "rdma_listen",
        "rdma_connect",
        "rdma_accept",
        "rdma_reject",
        "rdma_disconnect",
        "rdma_establish",
        "rdma_get_cm_event",
        "rdma_ack_cm_event",
        "rdma_init_qp_attr");

    private Symbols() {
    }
}
