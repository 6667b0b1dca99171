/*
 * The loops that are measured, in C: the inlines of verbs.h on whatever device the pointers belong to. All requests are RDMA writes
 * or receives of a few bytes, all signalled. Each loop times its own part with the monotonic clock and stores the nanoseconds; it
 * returns a sum of what it has read, or a negative value if something failed.
 */
#include "bench.h"
#include <errno.h>
#include <string.h>

enum { MOST = 64, WINDOW = 63, SETTLE_MS = 40 };
enum { PREPARED, PATCHED, BUILT };

static void fill(struct ibv_send_wr *list, struct ibv_sge *sge, int batch, const struct bench_target *to, uint64_t id)
{
    for (int i = 0; i < batch; i++, id++) {
        uint64_t place = (id & WINDOW) << 3;
        sge[i].addr = to->local + place;
        sge[i].length = to->length;
        sge[i].lkey = to->lkey;
        list[i].wr_id = id;
        list[i].next = i + 1 < batch ? &list[i + 1] : NULL;
        list[i].sg_list = &sge[i];
        list[i].num_sge = 1;
        list[i].opcode = IBV_WR_RDMA_WRITE;
        list[i].send_flags = to->inlined ? IBV_SEND_SIGNALED | IBV_SEND_INLINE : IBV_SEND_SIGNALED;
        list[i].wr.rdma.remote_addr = to->remote + place;
        list[i].wr.rdma.rkey = to->rkey;
    }
}

/* The four fields that differ from request to request. */
static void patch(struct ibv_send_wr *list, struct ibv_sge *sge, int batch, const struct bench_target *to, uint64_t id)
{
    for (int i = 0; i < batch; i++, id++) {
        uint64_t place = (id & WINDOW) << 3;
        list[i].wr_id = id;
        sge[i].addr = to->local + place;
        sge[i].length = to->length;
        list[i].wr.rdma.remote_addr = to->remote + place;
    }
}

/* Whether nothing has come for too long: asked whenever a poll found nothing. */
static int is_late(long *since)
{
    if (!*since)
        *since = now();
    return now() - *since > DEADLINE_NS;
}

/* Polls until so many completions were there; reads wr_id and status of each. */
static long drain(struct ibv_cq *cq, int batch, int count, struct ibv_wc *wc, long sum)
{
    long idle = 0;
    for (int found = 0; found < count;) {
        int polled = ibv_poll_cq(cq, batch < count - found ? batch : count - found, wc);
        if (polled < 0)
            return FAILED_POLL;
        if (!polled && is_late(&idle))
            return FAILED_WAIT;
        for (int i = 0; i < polled; i++) {
            if (wc[i].status != IBV_WC_SUCCESS)
                return FAILED_REQUEST;
            sum += wc[i].wr_id & WINDOW;
        }
        found += polled;
    }
    return sum;
}

/* Posts lists; their completions are polled when the time has been taken. */
long loop_post(const struct bench_target *to, int batch, int count, int way, long *ns)
{
    struct ibv_send_wr list[MOST];
    struct ibv_sge sge[MOST];
    struct ibv_wc wc[MOST];
    struct ibv_send_wr *bad;
    struct ibv_qp *qp = &to->qpx->qp_base;
    memset(list, 0, sizeof list);
    fill(list, sge, batch, to, 0);
    long start = now();
    for (int id = 0; id < count; id += batch) {
        if (way == PATCHED)
            patch(list, sge, batch, to, id);
        else if (way == BUILT)
            fill(list, sge, batch, to, id);
        __asm__ volatile("" ::: "memory");
        if (ibv_post_send(qp, list, &bad))
            return FAILED_POST;
    }
    *ns = now() - start;
    return drain(to->cq, MOST, count, wc, 0);
}

/* Posts with ibv_wr_*, one start and one complete per batch. */
long loop_wr(const struct bench_target *to, int batch, int count, long *ns)
{
    struct ibv_wc wc[MOST];
    struct ibv_qp_ex *qpx = to->qpx;
    long start = now();
    for (int id = 0; id < count; id += batch) {
        ibv_wr_start(qpx);
        for (int i = 0; i < batch; i++) {
            uint64_t place = ((id + i) & WINDOW) << 3;
            qpx->wr_id = id + i;
            qpx->wr_flags = IBV_SEND_SIGNALED;
            ibv_wr_rdma_write(qpx, to->rkey, to->remote + place);
            ibv_wr_set_sge(qpx, to->lkey, to->local + place, to->length);
        }
        if (ibv_wr_complete(qpx))
            return FAILED_POST;
    }
    *ns = now() - start;
    return drain(to->cq, MOST, count, wc, 0);
}

/* Polls the receives that were posted; where it takes messages for that, the peer sends them. */
static long consume(const struct bench_target *to, int count)
{
    struct ibv_send_wr *bad;
    struct ibv_wc wc[MOST];
    struct ibv_sge sge = {.addr = to->remote, .length = to->length, .lkey = to->lkey};
    struct ibv_send_wr send = {.sg_list = &sge, .num_sge = 1, .opcode = IBV_WR_SEND, .send_flags = IBV_SEND_SIGNALED};
    for (int i = 0; !to->at_once && i < count; i++)
        if (ibv_post_send(to->peer, &send, &bad))
            return FAILED_POST;
    return drain(to->cq, MOST, to->at_once ? count : 2 * count, wc, 0);
}

/* Posts receives, with a new wr_id and address in each. */
long loop_recv(const struct bench_target *to, int batch, int count, long *ns)
{
    struct ibv_recv_wr list[MOST];
    struct ibv_sge sge[MOST];
    struct ibv_recv_wr *bad;
    for (int i = 0; i < batch; i++) {
        sge[i] = (struct ibv_sge){.addr = to->local, .length = to->length, .lkey = to->lkey};
        list[i] = (struct ibv_recv_wr){.next = i + 1 < batch ? &list[i + 1] : NULL, .sg_list = &sge[i], .num_sge = 1};
    }
    long start = now();
    for (int id = 0; id < count; id += batch) {
        for (int i = 0; i < batch; i++) {
            list[i].wr_id = id + i;
            sge[i].addr = to->local + (((id + i) & WINDOW) << 3);
        }
        __asm__ volatile("" ::: "memory");
        if (ibv_post_recv(&to->qpx->qp_base, list, &bad))
            return FAILED_POST;
    }
    *ns = now() - start;
    return consume(to, count);
}

/* A list is patched and posted, then polled in a batch: there and back. */
long loop_round(const struct bench_target *to, int batch, int count, long *ns)
{
    struct ibv_send_wr list[MOST];
    struct ibv_sge sge[MOST];
    struct ibv_wc wc[MOST];
    struct ibv_send_wr *bad;
    struct ibv_qp *qp = &to->qpx->qp_base;
    long sum = 0;
    memset(list, 0, sizeof list);
    fill(list, sge, batch, to, 0);
    long start = now();
    for (int id = 0; id < count; id += batch) {
        patch(list, sge, batch, to, id);
        __asm__ volatile("" ::: "memory");
        if (ibv_post_send(qp, list, &bad))
            return FAILED_POST;
        sum = drain(to->cq, batch, batch, wc, sum);
        if (sum < 0)
            return sum;
    }
    *ns = now() - start;
    return sum;
}

/* Gives a real device the time to complete what was posted: nobody can look into a completion queue without polling it. */
static void settle(const struct bench_target *to)
{
    struct timespec pause = {.tv_nsec = SETTLE_MS * 1000000L};
    if (!to->at_once)
        nanosleep(&pause, NULL);
}

static int post_many(const struct bench_target *to, int count)
{
    struct ibv_send_wr list[MOST];
    struct ibv_sge sge[MOST];
    struct ibv_send_wr *bad;
    memset(list, 0, sizeof list);
    for (int id = 0; id < count; id += MOST) {
        fill(list, sge, count - id < MOST ? count - id : MOST, to, id);
        if (ibv_post_send(&to->qpx->qp_base, list, &bad))
            return FAILED_POST;
    }
    return 0;
}

/* Posts without the clock, then polls completions that wait already; a batch of 0 polls the empty queue so many times. */
long loop_poll(const struct bench_target *to, int batch, int count, long *ns)
{
    struct ibv_wc wc[MOST];
    long sum = 0;
    if (batch > 0 && post_many(to, count))
        return FAILED_POST;
    settle(to);
    long start = now();
    if (batch > 0)
        sum = drain(to->cq, batch, count, wc, 0);
    else
        for (int i = 0; i < count; i++)
            if (ibv_poll_cq(to->cq, MOST, wc))
                return FAILED_POLL;
    *ns = now() - start;
    return sum;
}

/* The same through an extended queue: status and wr_id, which are plain fields, and a reader for the length. */
long loop_poll_ex(const struct bench_target *to, int batch, int count, long *ns)
{
    struct ibv_cq_ex *cqx = (struct ibv_cq_ex *)to->cq;
    struct ibv_poll_cq_attr attr = {0};
    long sum = 0, idle = 0;
    if (post_many(to, count))
        return FAILED_POST;
    settle(to);
    long start = now();
    for (int found = 0; found < count;) {
        int result = ibv_start_poll(cqx, &attr);
        if (result == ENOENT && is_late(&idle))
            return FAILED_WAIT;
        if (result == ENOENT)
            continue;
        for (int i = 0; !result;) {
            if (cqx->status != IBV_WC_SUCCESS)
                return FAILED_REQUEST;
            sum += (cqx->wr_id & WINDOW) + ibv_wc_read_byte_len(cqx);
            found++;
            if (++i == batch)
                break;
            result = ibv_next_poll(cqx);
        }
        if (result && result != ENOENT)
            return FAILED_POLL;
        ibv_end_poll(cqx);
    }
    *ns = now() - start;
    return sum;
}
