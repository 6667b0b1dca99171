/*
 * Two connected queue pairs of one real device, made so that the loops in C and in Java work on the same objects. A queue pair
 * of ibv_create_qp_ex takes lists as well as ibv_wr_*.
 */
#include <infiniband/verbs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 256, PORT = 1, ACCESS = IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE };

struct loopback {
    struct ibv_context *context;
    struct ibv_pd *pd;
    struct ibv_cq *cq;
    struct ibv_qp *a;
    struct ibv_qp *b;
    struct ibv_mr *mr;
    void *memory;
    const char *failed;
};

static struct ibv_context *open_device(const char *name)
{
    int count = 0;
    struct ibv_context *found = NULL;
    struct ibv_device **list = ibv_get_device_list(&count);
    for (int i = 0; list && i < count && !found; i++)
        if (!name || !strcmp(name, ibv_get_device_name(list[i])))
            found = ibv_open_device(list[i]);
    if (list)
        ibv_free_device_list(list);
    return found;
}

static struct ibv_qp *create(struct loopback *l)
{
    struct ibv_qp_init_attr_ex attr = {
        .qp_type = IBV_QPT_RC, .send_cq = l->cq, .recv_cq = l->cq, .pd = l->pd,
        .cap = {.max_send_wr = DEPTH, .max_recv_wr = 1, .max_send_sge = 1, .max_recv_sge = 1},
        .comp_mask = IBV_QP_INIT_ATTR_PD | IBV_QP_INIT_ATTR_SEND_OPS_FLAGS, .send_ops_flags = IBV_QP_EX_WITH_RDMA_WRITE};
    return ibv_create_qp_ex(l->context, &attr);
}

static int connect_to(struct ibv_qp *qp, struct ibv_qp *peer, int index, const union ibv_gid *gid)
{
    struct ibv_qp_attr init = {.qp_state = IBV_QPS_INIT, .port_num = PORT, .qp_access_flags = ACCESS};
    struct ibv_qp_attr rtr = {
        .qp_state = IBV_QPS_RTR, .path_mtu = IBV_MTU_1024, .dest_qp_num = peer->qp_num, .min_rnr_timer = 12,
        .max_dest_rd_atomic = 1,
        .ah_attr = {.is_global = 1, .port_num = PORT, .grh = {.dgid = *gid, .sgid_index = index, .hop_limit = 64}}};
    struct ibv_qp_attr rts = {.qp_state = IBV_QPS_RTS, .timeout = 14, .retry_cnt = 6, .rnr_retry = 7, .max_rd_atomic = 1};
    return ibv_modify_qp(qp, &init, IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT | IBV_QP_ACCESS_FLAGS)
        || ibv_modify_qp(qp, &rtr, IBV_QP_STATE | IBV_QP_AV | IBV_QP_PATH_MTU | IBV_QP_DEST_QPN | IBV_QP_RQ_PSN
            | IBV_QP_MAX_DEST_RD_ATOMIC | IBV_QP_MIN_RNR_TIMER)
        || ibv_modify_qp(qp, &rts, IBV_QP_STATE | IBV_QP_TIMEOUT | IBV_QP_RETRY_CNT | IBV_QP_RNR_RETRY | IBV_QP_SQ_PSN
            | IBV_QP_MAX_QP_RD_ATOMIC);
}

static const char *prepare(struct loopback *l, const char *device)
{
    union ibv_gid gid;
    struct ibv_gid_entry entry;
    int index;
    if (!(l->context = open_device(device)))
        return "no such device";
    for (index = 0; index < 16; index++)
        if (!ibv_query_gid_ex(l->context, PORT, index, &entry, 0) && entry.gid_type == IBV_GID_TYPE_ROCE_V2)
            break;
    if (index == 16 || ibv_query_gid(l->context, PORT, index, &gid))
        return "no GID of RoCE v2 among the first 16 of port 1";
    if (!(l->pd = ibv_alloc_pd(l->context)))
        return "ibv_alloc_pd";
    if (!(l->cq = ibv_create_cq(l->context, 2 * DEPTH, NULL, NULL, 0)))
        return "ibv_create_cq";
    if (posix_memalign(&l->memory, 4096, 8192) || !(l->mr = ibv_reg_mr(l->pd, l->memory, 8192, ACCESS)))
        return "ibv_reg_mr";
    if (!(l->a = create(l)) || !(l->b = create(l)))
        return "ibv_create_qp_ex: the device may lack ibv_wr_*";
    if (connect_to(l->a, l->b, index, &gid) || connect_to(l->b, l->a, index, &gid))
        return "ibv_modify_qp";
    return NULL;
}

struct loopback *loopback_open(const char *device)
{
    struct loopback *l = calloc(1, sizeof *l);
    if (l)
        l->failed = prepare(l, device);
    return l;
}

const char *loopback_failed(struct loopback *l) { return l->failed; }
struct ibv_qp_ex *loopback_qp(struct loopback *l) { return ibv_qp_to_qp_ex(l->a); }
struct ibv_cq *loopback_cq(struct loopback *l) { return l->cq; }
uint64_t loopback_local(struct loopback *l) { return (uintptr_t)l->memory; }
uint32_t loopback_lkey(struct loopback *l) { return l->mr->lkey; }
uint32_t loopback_rkey(struct loopback *l) { return l->mr->rkey; }

void loopback_close(struct loopback *l)
{
    if (l->a)
        ibv_destroy_qp(l->a);
    if (l->b)
        ibv_destroy_qp(l->b);
    if (l->mr)
        ibv_dereg_mr(l->mr);
    if (l->cq)
        ibv_destroy_cq(l->cq);
    if (l->pd)
        ibv_dealloc_pd(l->pd);
    if (l->context)
        ibv_close_device(l->context);
    free(l->memory);
    free(l);
}
