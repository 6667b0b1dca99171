/*
 * A provider that does nothing, behind the C tables of verbs.h: what is left of a post or a poll is the cost of the call.
 * post_send walks the list and sums the lengths; wr_* do the same one call at a time; poll_cq fills as many completions as it
 * is asked for; start_poll and next_poll always find one more. The sums are kept so that nothing is optimised away, and so that
 * a benchmark can check that every request arrived.
 */
#include <infiniband/verbs.h>

static struct ibv_context context;
static struct ibv_cq_ex cq = {.context = &context};
static struct ibv_qp_ex qp = {.qp_base = {.context = &context, .send_cq = (struct ibv_cq *)&cq, .qp_num = 17}};
static uint64_t requests;
static uint64_t bytes;
static uint64_t completions;

static int post_send(struct ibv_qp *ibqp, struct ibv_send_wr *wr, struct ibv_send_wr **bad_wr)
{
    (void)ibqp;
    (void)bad_wr;
    for (; wr; wr = wr->next) {
        for (int i = 0; i < wr->num_sge; i++)
            bytes += wr->sg_list[i].length;
        requests++;
    }
    return 0;
}

static int poll_cq(struct ibv_cq *ibcq, int count, struct ibv_wc *wc)
{
    (void)ibcq;
    for (int i = 0; i < count; i++) {
        wc[i].wr_id = completions++;
        wc[i].status = IBV_WC_SUCCESS;
        wc[i].opcode = IBV_WC_RDMA_WRITE;
        wc[i].vendor_err = 0;
        wc[i].byte_len = 8;
        wc[i].qp_num = 17;
        wc[i].wc_flags = 0;
    }
    return count;
}

static void wr_start(struct ibv_qp_ex *qpx) { (void)qpx; }
static void wr_rdma_write(struct ibv_qp_ex *qpx, uint32_t rkey, uint64_t remote) { (void)qpx; (void)rkey; (void)remote; requests++; }
static void wr_send(struct ibv_qp_ex *qpx) { (void)qpx; requests++; }
static void wr_set_sge(struct ibv_qp_ex *qpx, uint32_t lkey, uint64_t address, uint32_t length)
{
    (void)qpx; (void)lkey; (void)address;
    bytes += length;
}
static int wr_complete(struct ibv_qp_ex *qpx) { (void)qpx; return 0; }
static void wr_abort(struct ibv_qp_ex *qpx) { (void)qpx; }

static int next_poll(struct ibv_cq_ex *cqx)
{
    cqx->wr_id = completions++;
    cqx->status = IBV_WC_SUCCESS;
    return 0;
}
static int start_poll(struct ibv_cq_ex *cqx, struct ibv_poll_cq_attr *attr) { (void)attr; return next_poll(cqx); }
static void end_poll(struct ibv_cq_ex *cqx) { (void)cqx; }
static enum ibv_wc_opcode read_opcode(struct ibv_cq_ex *cqx) { (void)cqx; return IBV_WC_RDMA_WRITE; }
static uint32_t read_byte_len(struct ibv_cq_ex *cqx) { (void)cqx; return 8; }
static uint32_t read_qp_num(struct ibv_cq_ex *cqx) { (void)cqx; return 17; }

__attribute__((constructor)) static void fill(void)
{
    context.ops.post_send = post_send;
    context.ops.poll_cq = poll_cq;
    qp.wr_start = wr_start;
    qp.wr_rdma_write = wr_rdma_write;
    qp.wr_send = wr_send;
    qp.wr_set_sge = wr_set_sge;
    qp.wr_complete = wr_complete;
    qp.wr_abort = wr_abort;
    cq.start_poll = start_poll;
    cq.next_poll = next_poll;
    cq.end_poll = end_poll;
    cq.read_opcode = read_opcode;
    cq.read_byte_len = read_byte_len;
    cq.read_qp_num = read_qp_num;
}

struct ibv_qp_ex *noop_qp(void) { return &qp; }
struct ibv_cq_ex *noop_cq(void) { return &cq; }
uint64_t noop_requests(void) { return requests; }
uint64_t noop_bytes(void) { return bytes; }
uint64_t noop_completions(void) { return completions; }
