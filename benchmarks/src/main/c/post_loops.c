/*
 * The loops that are measured, in C: the inlines of verbs.h on whatever device the pointers belong to. Each loop posts `rounds`
 * batches of RDMA writes of 8 bytes, all signalled; with a completion queue it also polls them. Returns the completions seen,
 * or a negative value if something failed.
 */
#include <infiniband/verbs.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64, LENGTH = 8 };
enum { PREPARED, PATCHED, BUILT };

struct bench_target {
    uint64_t local;
    uint64_t remote;
    uint32_t lkey;
    uint32_t rkey;
};

static long drain(struct ibv_cq *cq, int batch)
{
    struct ibv_wc wc[MOST];
    int found = 0;
    while (found < batch) {
        int count = ibv_poll_cq(cq, batch - found, wc);
        if (count < 0)
            return -1;
        for (int i = 0; i < count; i++)
            if (wc[i].status != IBV_WC_SUCCESS)
                return -2;
        found += count;
    }
    return found;
}

static void fill(struct ibv_send_wr *list, struct ibv_sge *sge, int batch, const struct bench_target *to)
{
    for (int i = 0; i < batch; i++) {
        sge[i].addr = to->local;
        sge[i].length = LENGTH;
        sge[i].lkey = to->lkey;
        list[i].wr_id = i;
        list[i].next = i + 1 < batch ? &list[i + 1] : NULL;
        list[i].sg_list = &sge[i];
        list[i].num_sge = 1;
        list[i].opcode = IBV_WR_RDMA_WRITE;
        list[i].send_flags = IBV_SEND_SIGNALED;
        list[i].wr.rdma.remote_addr = to->remote;
        list[i].wr.rdma.rkey = to->rkey;
    }
}

static void patch(struct ibv_send_wr *list, struct ibv_sge *sge, int batch, const struct bench_target *to)
{
    for (int i = 0; i < batch; i++) {
        list[i].wr_id = i;
        sge[i].addr = to->local;
        sge[i].length = LENGTH;
        sge[i].lkey = to->lkey;
        list[i].wr.rdma.remote_addr = to->remote;
        list[i].wr.rdma.rkey = to->rkey;
    }
}

long loop_list(struct ibv_qp *qp, struct ibv_cq *cq, const struct bench_target *to, int batch, long rounds, int way)
{
    struct ibv_send_wr list[MOST];
    struct ibv_sge sge[MOST];
    struct ibv_send_wr *bad;
    long seen = 0;
    memset(list, 0, sizeof list);
    fill(list, sge, batch, to);
    for (long r = 0; r < rounds; r++) {
        if (way == PATCHED)
            patch(list, sge, batch, to);
        else if (way == BUILT)
            fill(list, sge, batch, to);
        __asm__ volatile("" ::: "memory");
        if (ibv_post_send(qp, list, &bad))
            return -3;
        if (cq) {
            long found = drain(cq, batch);
            if (found < 0)
                return found;
            seen += found;
        }
    }
    return seen;
}

long loop_wr(struct ibv_qp_ex *qpx, struct ibv_cq *cq, const struct bench_target *to, int batch, long rounds)
{
    long seen = 0;
    for (long r = 0; r < rounds; r++) {
        ibv_wr_start(qpx);
        for (int i = 0; i < batch; i++) {
            qpx->wr_id = i;
            qpx->wr_flags = IBV_SEND_SIGNALED;
            ibv_wr_rdma_write(qpx, to->rkey, to->remote);
            ibv_wr_set_sge(qpx, to->lkey, to->local, LENGTH);
        }
        if (ibv_wr_complete(qpx))
            return -3;
        if (cq) {
            long found = drain(cq, batch);
            if (found < 0)
                return found;
            seen += found;
        }
    }
    return seen;
}

/* Polls completions that are there: one array, read field by field. */
long loop_poll(struct ibv_cq *cq, int batch, long rounds)
{
    struct ibv_wc wc[MOST];
    long sum = 0;
    for (long r = 0; r < rounds; r++) {
        int count = ibv_poll_cq(cq, batch, wc);
        for (int i = 0; i < count; i++)
            sum += wc[i].wr_id + wc[i].status + wc[i].opcode + wc[i].byte_len + wc[i].qp_num;
    }
    return sum;
}

/* The same through an extended queue: two plain fields and three readers of each. */
long loop_poll_ex(struct ibv_cq_ex *cqx, int batch, long rounds)
{
    struct ibv_poll_cq_attr attr = {0};
    long sum = 0;
    for (long r = 0; r < rounds; r++) {
        if (ibv_start_poll(cqx, &attr))
            return -1;
        for (int i = 0;;) {
            sum += cqx->wr_id + cqx->status + ibv_wc_read_opcode(cqx) + ibv_wc_read_byte_len(cqx) + ibv_wc_read_qp_num(cqx);
            if (++i == batch || ibv_next_poll(cqx))
                break;
        }
        ibv_end_poll(cqx);
    }
    return sum;
}
