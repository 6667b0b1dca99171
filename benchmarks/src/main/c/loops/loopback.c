/*
 * Two connected queue pairs of one device, made in C, which the loops in C and those of the bare Foreign Function API work on. A
 * queue pair of ibv_create_qp_ex takes lists as well as ibv_wr_*.
 */
#include "bench.h"
#include <stdlib.h>
#include <string.h>

enum { PORT = 1, ACCESS = IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE, PAGE = 4096, GIDS = 16 };

struct loopback {
    struct bench_target target; /* first: a loopback is what the loops take */
    struct ibv_context *context;
    struct ibv_pd *pd;
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
        if (!strcmp(name, ibv_get_device_name(list[i])))
            found = ibv_open_device(list[i]);
    if (list)
        ibv_free_device_list(list);
    return found;
}

static struct ibv_qp *create(struct loopback *l, int depth)
{
    struct ibv_qp_init_attr_ex attr = {
        .qp_type = IBV_QPT_RC, .send_cq = l->target.cq, .recv_cq = l->target.cq, .pd = l->pd,
        .cap = {.max_send_wr = depth, .max_recv_wr = depth, .max_send_sge = 1, .max_recv_sge = 1, .max_inline_data = 64},
        .comp_mask = IBV_QP_INIT_ATTR_PD | IBV_QP_INIT_ATTR_SEND_OPS_FLAGS, .send_ops_flags = IBV_QP_EX_WITH_RDMA_WRITE};
    return ibv_create_qp_ex(l->context, &attr);
}

/* With all that a queue pair needs on RoCE; iWARP devices connect by the connection manager only. */
int connect_qp(struct ibv_qp *qp, uint32_t peer, int index, const union ibv_gid *gid)
{
    struct ibv_qp_attr init = {.qp_state = IBV_QPS_INIT, .port_num = PORT, .qp_access_flags = ACCESS};
    struct ibv_qp_attr rtr = {
        .qp_state = IBV_QPS_RTR, .path_mtu = IBV_MTU_1024, .dest_qp_num = peer, .min_rnr_timer = 12, .max_dest_rd_atomic = 1,
        .ah_attr = {.is_global = 1, .port_num = PORT, .grh = {.dgid = *gid, .sgid_index = index, .hop_limit = 64}}};
    struct ibv_qp_attr rts = {.qp_state = IBV_QPS_RTS, .timeout = 14, .retry_cnt = 6, .rnr_retry = 7, .max_rd_atomic = 1};
    return ibv_modify_qp(qp, &init, IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT | IBV_QP_ACCESS_FLAGS)
        || ibv_modify_qp(qp, &rtr, IBV_QP_STATE | IBV_QP_AV | IBV_QP_PATH_MTU | IBV_QP_DEST_QPN | IBV_QP_RQ_PSN
            | IBV_QP_MAX_DEST_RD_ATOMIC | IBV_QP_MIN_RNR_TIMER)
        || ibv_modify_qp(qp, &rts, IBV_QP_STATE | IBV_QP_TIMEOUT | IBV_QP_RETRY_CNT | IBV_QP_RNR_RETRY | IBV_QP_SQ_PSN
            | IBV_QP_MAX_QP_RD_ATOMIC);
}

static struct ibv_cq *create_cq(struct loopback *l, int entries, int extended)
{
    struct ibv_cq_init_attr_ex attr = {.cqe = entries, .wc_flags = IBV_WC_STANDARD_FLAGS};
    struct ibv_cq_ex *cqx;
    if (!extended)
        return ibv_create_cq(l->context, entries, NULL, NULL, 0);
    cqx = ibv_create_cq_ex(l->context, &attr);
    return cqx ? ibv_cq_ex_to_cq(cqx) : NULL;
}

/* An address of RoCE v2, if possible one of IPv4, as the connection manager wants it; -1 if there is none. */
static int choose_gid(struct ibv_context *context, union ibv_gid *gid)
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    struct ibv_gid_entry entry;
    int chosen = -1;
    for (int i = 0; i < GIDS; i++) {
        if (ibv_query_gid_ex(context, PORT, i, &entry, 0) || entry.gid_type != IBV_GID_TYPE_ROCE_V2)
            continue;
        if (chosen < 0 || !memcmp(entry.gid.raw, mapped, sizeof mapped)) {
            chosen = i;
            *gid = entry.gid;
        }
    }
    return chosen;
}

static const char *prepare(struct loopback *l, const char *device, int depth, int extended)
{
    struct bench_target *t = &l->target;
    struct ibv_qp *a;
    int index;
    if (!(l->context = open_device(device)))
        return "no such device";
    if ((index = choose_gid(l->context, &t->gid)) < 0)
        return "no GID of RoCE v2 among the first 16 of port 1";
    t->gid_index = index;
    if (!(l->pd = ibv_alloc_pd(l->context)))
        return "ibv_alloc_pd";
    t->pd = l->pd;
    if (!(t->cq = create_cq(l, 4 * depth, extended)))
        return extended ? "ibv_create_cq_ex" : "ibv_create_cq";
    if (posix_memalign(&l->memory, PAGE, 2 * PAGE) || !(l->mr = ibv_reg_mr(l->pd, l->memory, 2 * PAGE, ACCESS)))
        return "ibv_reg_mr";
    if (!(l->b = create(l, depth)) || !(a = create(l, depth)))
        return "ibv_create_qp_ex: the device may lack ibv_wr_*";
    t->qpx = ibv_qp_to_qp_ex(a);
    t->peer = l->b;
    t->local = (uintptr_t)l->memory;
    t->remote = t->local + PAGE;
    t->lkey = l->mr->lkey;
    t->rkey = l->mr->rkey;
    t->length = 8;
    t->at_once = !strcmp(device, "bench0");
    if (connect_qp(l->b, a->qp_num, index, &t->gid) || connect_qp(a, l->b->qp_num, index, &t->gid))
        return "ibv_modify_qp";
    return NULL;
}

struct loopback *loopback_open(const char *device, int depth, int extended, int inlined)
{
    struct loopback *l = calloc(1, sizeof *l);
    if (l) {
        l->target.inlined = inlined;
        l->failed = prepare(l, device, depth, extended);
    }
    return l;
}

const char *loopback_failed(struct loopback *l) { return l->failed; }
struct ibv_qp_ex *loopback_qp(struct loopback *l) { return l->target.qpx; }
struct ibv_qp *loopback_peer(struct loopback *l) { return l->b; }
struct ibv_cq *loopback_cq(struct loopback *l) { return l->target.cq; }
uint64_t loopback_local(struct loopback *l) { return l->target.local; }
uint64_t loopback_remote(struct loopback *l) { return l->target.remote; }
const union ibv_gid *loopback_gid(struct loopback *l) { return &l->target.gid; }
int loopback_gid_index(struct loopback *l) { return l->target.gid_index; }
int loopback_at_once(struct loopback *l) { return l->target.at_once; }
uint32_t loopback_lkey(struct loopback *l) { return l->target.lkey; }
uint32_t loopback_rkey(struct loopback *l) { return l->target.rkey; }

void loopback_close(struct loopback *l)
{
    if (l->target.qpx)
        ibv_destroy_qp(&l->target.qpx->qp_base);
    if (l->b)
        ibv_destroy_qp(l->b);
    if (l->mr)
        ibv_dereg_mr(l->mr);
    if (l->target.cq)
        ibv_destroy_cq(l->target.cq);
    if (l->pd)
        ibv_dealloc_pd(l->pd);
    if (l->context)
        ibv_close_device(l->context);
    free(l->memory);
    free(l);
}
