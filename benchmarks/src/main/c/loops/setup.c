/* The set-up paths that are measured, in C: so many times there and back. */
#include "bench.h"
#include <arpa/inet.h>
#include <poll.h>
#include <rdma/rdma_cma.h>
#include <string.h>

enum { DEPTH = 16, TIMEOUT_MS = 2000, ACCESS = IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE };

long loop_register(const struct bench_target *to, void *memory, size_t length, int count, long *ns)
{
    long start = now();
    for (int i = 0; i < count; i++) {
        struct ibv_mr *mr = ibv_reg_mr(to->pd, memory, length, ACCESS);
        if (!mr || ibv_dereg_mr(mr))
            return FAILED_SETUP;
    }
    *ns = now() - start;
    return 0;
}

static struct ibv_qp *create_qp(const struct bench_target *to)
{
    struct ibv_qp_init_attr attr = {.qp_type = IBV_QPT_RC, .send_cq = to->cq, .recv_cq = to->cq,
        .cap = {.max_send_wr = DEPTH, .max_recv_wr = DEPTH, .max_send_sge = 1, .max_recv_sge = 1}};
    return ibv_create_qp(to->pd, &attr);
}

/* Creates and destroys queue pairs; those that shall be connected go from RESET to RTS in between, in three steps. */
long loop_qp(const struct bench_target *to, int connected, int count, long *ns)
{
    long spent = 0;
    for (int i = 0; i < count; i++) {
        long start = now();
        struct ibv_qp *qp = create_qp(to);
        if (!qp)
            return FAILED_SETUP;
        if (connected) {
            start = now();
            if (connect_qp(qp, to->peer->qp_num, to->gid_index, &to->gid))
                return FAILED_SETUP;
            spent += now() - start;
        }
        if (ibv_destroy_qp(qp))
            return FAILED_SETUP;
        if (!connected)
            spent += now() - start;
    }
    *ns = spent;
    return 0;
}

/* Waits for an event of a kind, each for TIMEOUT_MS as the library's side does, and acknowledges it. */
static int expect(struct rdma_event_channel *channel, enum rdma_cm_event_type type, struct rdma_cm_id **id)
{
    for (;;) {
        struct pollfd readable = {.fd = channel->fd, .events = POLLIN};
        struct rdma_cm_event *event;
        enum rdma_cm_event_type found;
        if (poll(&readable, 1, TIMEOUT_MS) != 1 || rdma_get_cm_event(channel, &event))
            return -1;
        found = event->event;
        if (id)
            *id = event->id;
        rdma_ack_cm_event(event);
        if (found != RDMA_CM_EVENT_TIMEWAIT_EXIT)
            return found == type ? 0 : -1;
    }
}

static int to_state(struct rdma_cm_id *id, struct ibv_qp *qp, enum ibv_qp_state state)
{
    struct ibv_qp_attr attr = {.qp_state = state};
    int mask;
    if (rdma_init_qp_attr(id, &attr, &mask))
        return -1;
    if (state == IBV_QPS_INIT)
        attr.qp_access_flags = ACCESS;
    else if (state == IBV_QPS_RTR)
        attr.min_rnr_timer = 12;
    else
        attr.timeout = 14;
    return ibv_modify_qp(qp, &attr, mask);
}

struct ends {
    struct rdma_event_channel *active;
    struct rdma_event_channel *passive;
    struct ibv_qp *a;
    struct ibv_qp *b;
    struct sockaddr_in where;
};

/* Both ends of a connection in one thread, from nothing to established. */
static int connect_once(const struct ends *e, struct rdma_cm_id **a, struct rdma_cm_id **b)
{
    struct rdma_conn_param param = {.responder_resources = 1, .initiator_depth = 1, .retry_count = 7, .rnr_retry_count = 7};
    if (rdma_create_id(e->active, a, NULL, RDMA_PS_TCP)
        || rdma_resolve_addr(*a, NULL, (struct sockaddr *)&e->where, TIMEOUT_MS)
        || expect(e->active, RDMA_CM_EVENT_ADDR_RESOLVED, NULL)
        || rdma_resolve_route(*a, TIMEOUT_MS) || expect(e->active, RDMA_CM_EVENT_ROUTE_RESOLVED, NULL)
        || to_state(*a, e->a, IBV_QPS_INIT))
        return -1;
    param.qp_num = e->a->qp_num;
    if (rdma_connect(*a, &param) || expect(e->passive, RDMA_CM_EVENT_CONNECT_REQUEST, b)
        || to_state(*b, e->b, IBV_QPS_INIT) || to_state(*b, e->b, IBV_QPS_RTR) || to_state(*b, e->b, IBV_QPS_RTS))
        return -1;
    param.qp_num = e->b->qp_num;
    return rdma_accept(*b, &param) || expect(e->active, RDMA_CM_EVENT_CONNECT_RESPONSE, NULL)
        || to_state(*a, e->a, IBV_QPS_RTR) || to_state(*a, e->a, IBV_QPS_RTS)
        || rdma_establish(*a) || expect(e->passive, RDMA_CM_EVENT_ESTABLISHED, NULL);
}

static int disconnect(const struct ends *e, struct rdma_cm_id *a, struct rdma_cm_id *b)
{
    struct ibv_qp_attr reset = {.qp_state = IBV_QPS_RESET};
    if (rdma_disconnect(a) || expect(e->passive, RDMA_CM_EVENT_DISCONNECTED, NULL))
        return -1;
    rdma_disconnect(b); /* the answer, where the device waits for one */
    return expect(e->active, RDMA_CM_EVENT_DISCONNECTED, NULL) || rdma_destroy_id(a) || rdma_destroy_id(b)
        || ibv_modify_qp(e->a, &reset, IBV_QP_STATE) || ibv_modify_qp(e->b, &reset, IBV_QP_STATE);
}

/* Connections through the connection manager; only their making is timed. */
long loop_connect(const struct bench_target *to, int count, long *ns)
{
    struct ends e = {.active = rdma_create_event_channel(), .passive = rdma_create_event_channel(), .a = create_qp(to),
        .b = create_qp(to), .where = {.sin_family = AF_INET}};
    struct rdma_cm_id *listener, *a, *b;
    memcpy(&e.where.sin_addr, to->gid.raw + 12, 4);
    if (!e.active || !e.passive || !e.a || !e.b || rdma_create_id(e.passive, &listener, NULL, RDMA_PS_TCP)
        || rdma_bind_addr(listener, (struct sockaddr *)&e.where) || rdma_listen(listener, count))
        return FAILED_SETUP;
    e.where.sin_port = rdma_get_src_port(listener);
    *ns = 0;
    for (int i = 0; i < count; i++) {
        long start = now();
        if (connect_once(&e, &a, &b))
            return FAILED_REQUEST;
        *ns += now() - start;
        if (disconnect(&e, a, b))
            return FAILED_SETUP;
    }
    if (ibv_destroy_qp(e.a) || ibv_destroy_qp(e.b) || rdma_destroy_id(listener))
        return FAILED_SETUP;
    rdma_destroy_event_channel(e.active);
    rdma_destroy_event_channel(e.passive);
    return 0;
}
