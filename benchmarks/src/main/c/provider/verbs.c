/*
 * A libibverbs.so.1 with one device that does nothing, "bench0": what is left of a verb is the cost of calling it. Loaded
 * before anybody asks for the real library, it takes its place (the loader finds a loaded library by its soname), so that programs
 * in C and in Java run on it unchanged.
 *
 * post_send walks the list and sums the lengths, as do the builders and setters of ibv_wr_*; poll_cq fills as many completions
 * as it is asked for, as long as there are posted requests without one; receives complete at once, too. Everything else keeps just what its caller reads back. One
 * thread. The sums are kept, so that nothing is optimised away and a benchmark can check that all of it arrived.
 */
#include <infiniband/verbs.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#undef ibv_query_port
#undef ibv_reg_mr
#undef ibv_reg_mr_iova

enum { PORT = 1, DEPTH = 1 << 16, ENTRIES = 1 << 20, SGES = 16, INLINE = 256, KEY = 0x1234 };

struct bench_cq {
    struct ibv_cq_ex ex;
    uint64_t pending;
    uint64_t polled;
    uint32_t qp_num;
    enum ibv_wc_opcode opcode;
};

struct bench_qp {
    struct ibv_qp_ex ex;
    struct bench_cq *send_cq;
    struct ibv_qp_init_attr init;
};

static struct ibv_device device = {
    .node_type = IBV_NODE_CA, .transport_type = IBV_TRANSPORT_IB, .name = "bench0", .dev_name = "uverbs0"};
static const union ibv_gid own_gid = {.raw = {[10] = 0xff, 0xff, 10, 0, 0, 1}}; /* 10.0.0.1 */
static uint32_t numbers = 16;
static uint64_t total_requests;
static uint64_t total_receives;
static uint64_t total_bytes;

/* The hot path. */

static int post_send(struct ibv_qp *ibqp, struct ibv_send_wr *wr, struct ibv_send_wr **bad_wr)
{
    struct bench_qp *qp = (struct bench_qp *)ibqp;
    uint64_t requests = 0, signalled = 0, bytes = 0;
    (void)bad_wr;
    for (; wr; wr = wr->next) {
        for (int i = 0; i < wr->num_sge; i++)
            bytes += wr->sg_list[i].length;
        signalled += (wr->send_flags & IBV_SEND_SIGNALED) != 0;
        requests++;
    }
    total_requests += requests;
    total_bytes += bytes;
    qp->send_cq->pending += signalled;
    qp->send_cq->opcode = IBV_WC_RDMA_WRITE;
    return 0;
}

static int post_recv(struct ibv_qp *ibqp, struct ibv_recv_wr *wr, struct ibv_recv_wr **bad_wr)
{
    struct bench_cq *cq = (struct bench_cq *)ibqp->recv_cq;
    uint64_t requests = 0, bytes = 0;
    (void)bad_wr;
    for (; wr; wr = wr->next) {
        for (int i = 0; i < wr->num_sge; i++)
            bytes += wr->sg_list[i].length;
        requests++;
    }
    total_receives += requests;
    total_bytes += bytes;
    cq->pending += requests; /* as if messages had waited for them */
    cq->opcode = IBV_WC_RECV;
    return 0;
}

static int poll_cq(struct ibv_cq *ibcq, int count, struct ibv_wc *wc)
{
    struct bench_cq *cq = (struct bench_cq *)ibcq;
    uint64_t polled = cq->polled;
    if ((uint64_t)count > cq->pending)
        count = cq->pending;
    if (!count)
        return 0;
    for (int i = 0; i < count; i++) {
        wc[i].wr_id = polled + i;
        wc[i].status = IBV_WC_SUCCESS;
        wc[i].opcode = cq->opcode;
        wc[i].vendor_err = 0;
        wc[i].byte_len = 8;
        wc[i].qp_num = cq->qp_num;
        wc[i].wc_flags = 0;
    }
    cq->polled = polled + count;
    cq->pending -= count;
    return count;
}

static int req_notify_cq(struct ibv_cq *cq, int solicited) { (void)cq; (void)solicited; return 0; }

static void wr_start(struct ibv_qp_ex *qpx) { (void)qpx; }

static void wr_add(struct ibv_qp_ex *qpx)
{
    struct bench_qp *qp = (struct bench_qp *)qpx;
    total_requests++;
    qp->send_cq->pending += (qpx->wr_flags & IBV_SEND_SIGNALED) != 0;
}

static void wr_rdma_write(struct ibv_qp_ex *qpx, uint32_t rkey, uint64_t remote) { (void)rkey; (void)remote; wr_add(qpx); }
static void wr_send(struct ibv_qp_ex *qpx) { wr_add(qpx); }

static void wr_set_sge(struct ibv_qp_ex *qpx, uint32_t lkey, uint64_t address, uint32_t length)
{
    (void)qpx; (void)lkey; (void)address;
    total_bytes += length;
}

static void wr_set_sge_list(struct ibv_qp_ex *qpx, size_t count, const struct ibv_sge *list)
{
    (void)qpx;
    for (size_t i = 0; i < count; i++)
        total_bytes += list[i].length;
}

static void wr_set_inline_data(struct ibv_qp_ex *qpx, void *from, size_t length) { (void)qpx; (void)from; total_bytes += length; }

static void wr_set_inline_data_list(struct ibv_qp_ex *qpx, size_t count, const struct ibv_data_buf *list)
{
    (void)qpx;
    for (size_t i = 0; i < count; i++)
        total_bytes += list[i].length;
}

static int wr_complete(struct ibv_qp_ex *qpx) { (void)qpx; return 0; }
static void wr_abort(struct ibv_qp_ex *qpx) { (void)qpx; }

static int next_poll(struct ibv_cq_ex *cqx)
{
    struct bench_cq *cq = (struct bench_cq *)cqx;
    if (!cq->pending)
        return ENOENT;
    cq->pending--;
    cqx->wr_id = cq->polled++;
    cqx->status = IBV_WC_SUCCESS;
    return 0;
}

static int start_poll(struct ibv_cq_ex *cqx, struct ibv_poll_cq_attr *attr) { (void)attr; return next_poll(cqx); }
static void end_poll(struct ibv_cq_ex *cqx) { (void)cqx; }
static enum ibv_wc_opcode read_opcode(struct ibv_cq_ex *cqx) { return ((struct bench_cq *)cqx)->opcode; }
static uint32_t read_byte_len(struct ibv_cq_ex *cqx) { (void)cqx; return 8; }
static uint32_t read_qp_num(struct ibv_cq_ex *cqx) { return ((struct bench_cq *)cqx)->qp_num; }
static uint32_t read_vendor_err(struct ibv_cq_ex *cqx) { (void)cqx; return 0; }
static unsigned int read_wc_flags(struct ibv_cq_ex *cqx) { (void)cqx; return 0; }

/* Queues. */

static struct bench_cq *new_cq(struct ibv_context *context, uint32_t entries, struct ibv_comp_channel *channel, void *cookie)
{
    struct bench_cq *cq = calloc(1, sizeof *cq);
    if (!cq)
        return NULL;
    cq->ex.context = context;
    cq->ex.channel = channel;
    cq->ex.cq_context = cookie;
    cq->ex.handle = ++numbers;
    cq->ex.cqe = entries;
    cq->ex.start_poll = start_poll;
    cq->ex.next_poll = next_poll;
    cq->ex.end_poll = end_poll;
    cq->ex.read_opcode = read_opcode;
    cq->ex.read_byte_len = read_byte_len;
    cq->ex.read_qp_num = read_qp_num;
    cq->ex.read_vendor_err = read_vendor_err;
    cq->ex.read_wc_flags = read_wc_flags;
    cq->opcode = IBV_WC_RDMA_WRITE;
    return cq;
}

struct ibv_cq *ibv_create_cq(struct ibv_context *context, int entries, void *cookie, struct ibv_comp_channel *channel, int vector)
{
    (void)vector;
    return (struct ibv_cq *)new_cq(context, entries, channel, cookie);
}

static struct ibv_cq_ex *create_cq_ex(struct ibv_context *context, struct ibv_cq_init_attr_ex *attr)
{
    return (struct ibv_cq_ex *)new_cq(context, attr->cqe, attr->channel, attr->cq_context);
}

int ibv_destroy_cq(struct ibv_cq *cq) { free(cq); return 0; }

static struct ibv_qp *new_qp(struct ibv_pd *pd, struct ibv_qp_init_attr *attr)
{
    struct bench_qp *qp = calloc(1, sizeof *qp);
    if (!qp)
        return NULL;
    qp->ex.qp_base.context = pd->context;
    qp->ex.qp_base.pd = pd;
    qp->ex.qp_base.qp_context = attr->qp_context;
    qp->ex.qp_base.send_cq = attr->send_cq;
    qp->ex.qp_base.recv_cq = attr->recv_cq;
    qp->ex.qp_base.srq = attr->srq;
    qp->ex.qp_base.qp_type = attr->qp_type;
    qp->ex.qp_base.state = IBV_QPS_RESET;
    qp->ex.qp_base.handle = qp->ex.qp_base.qp_num = ++numbers;
    qp->ex.wr_start = wr_start;
    qp->ex.wr_rdma_write = wr_rdma_write;
    qp->ex.wr_send = wr_send;
    qp->ex.wr_set_sge = wr_set_sge;
    qp->ex.wr_set_sge_list = wr_set_sge_list;
    qp->ex.wr_set_inline_data = wr_set_inline_data;
    qp->ex.wr_set_inline_data_list = wr_set_inline_data_list;
    qp->ex.wr_complete = wr_complete;
    qp->ex.wr_abort = wr_abort;
    qp->send_cq = (struct bench_cq *)attr->send_cq;
    qp->send_cq->qp_num = qp->ex.qp_base.qp_num;
    qp->init = *attr;
    return &qp->ex.qp_base;
}

struct ibv_qp *ibv_create_qp(struct ibv_pd *pd, struct ibv_qp_init_attr *attr) { return new_qp(pd, attr); }

static struct ibv_qp *create_qp_ex(struct ibv_context *context, struct ibv_qp_init_attr_ex *attr)
{
    (void)context; /* the extended structure begins with the plain one */
    return new_qp(attr->pd, (struct ibv_qp_init_attr *)attr);
}

struct ibv_qp_ex *ibv_qp_to_qp_ex(struct ibv_qp *qp) { return (struct ibv_qp_ex *)qp; }

int ibv_modify_qp(struct ibv_qp *qp, struct ibv_qp_attr *attr, int mask)
{
    if (mask & IBV_QP_STATE)
        qp->state = attr->qp_state;
    if (qp->send_cq)
        ((struct bench_qp *)qp)->send_cq->qp_num = qp->qp_num; /* the one that was connected last is the one that is measured */
    return 0;
}

int ibv_query_qp(struct ibv_qp *qp, struct ibv_qp_attr *attr, int mask, struct ibv_qp_init_attr *init)
{
    (void)mask;
    memset(attr, 0, sizeof *attr);
    attr->qp_state = attr->cur_qp_state = qp->state;
    attr->cap = ((struct bench_qp *)qp)->init.cap;
    *init = ((struct bench_qp *)qp)->init;
    return 0;
}

int ibv_destroy_qp(struct ibv_qp *qp) { free(qp); return 0; }

uint64_t bench_requests(void) { return total_requests; }
uint64_t bench_receives(void) { return total_receives; }
uint64_t bench_bytes(void) { return total_bytes; }

/* Domains and regions. */

struct ibv_pd *ibv_alloc_pd(struct ibv_context *context)
{
    struct ibv_pd *pd = calloc(1, sizeof *pd);
    if (pd) {
        pd->context = context;
        pd->handle = ++numbers;
    }
    return pd;
}

int ibv_dealloc_pd(struct ibv_pd *pd) { free(pd); return 0; }

struct ibv_mr *ibv_reg_mr_iova2(struct ibv_pd *pd, void *address, size_t length, uint64_t iova, unsigned int access)
{
    struct ibv_mr *mr = calloc(1, sizeof *mr);
    (void)iova; (void)access;
    if (mr)
        *mr = (struct ibv_mr){.context = pd->context, .pd = pd, .addr = address, .length = length, .handle = ++numbers,
            .lkey = KEY, .rkey = KEY};
    return mr;
}

struct ibv_mr *ibv_reg_mr_iova(struct ibv_pd *pd, void *address, size_t length, uint64_t iova, int access)
{
    return ibv_reg_mr_iova2(pd, address, length, iova, access);
}

struct ibv_mr *ibv_reg_mr(struct ibv_pd *pd, void *address, size_t length, int access)
{
    return ibv_reg_mr_iova2(pd, address, length, (uintptr_t)address, access);
}

int ibv_dereg_mr(struct ibv_mr *mr) { free(mr); return 0; }

/* Completion channels: nothing is ever announced. */

struct ibv_comp_channel *ibv_create_comp_channel(struct ibv_context *context)
{
    struct ibv_comp_channel *channel = calloc(1, sizeof *channel);
    if (channel) {
        channel->context = context;
        channel->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    }
    return channel;
}

int ibv_destroy_comp_channel(struct ibv_comp_channel *channel)
{
    close(channel->fd);
    free(channel);
    return 0;
}

int ibv_get_cq_event(struct ibv_comp_channel *channel, struct ibv_cq **cq, void **cookie)
{
    (void)channel; (void)cq; (void)cookie;
    errno = EAGAIN;
    return -1;
}

void ibv_ack_cq_events(struct ibv_cq *cq, unsigned int count) { (void)cq; (void)count; }

/* Devices and ports. */

static int query_port(struct ibv_context *context, uint8_t number, struct ibv_port_attr *attr, size_t size)
{
    (void)context;
    if (number != PORT)
        return EINVAL;
    memset(attr, 0, size);
    attr->state = IBV_PORT_ACTIVE;
    attr->max_mtu = attr->active_mtu = IBV_MTU_4096;
    attr->gid_tbl_len = attr->pkey_tbl_len = 1;
    attr->max_msg_sz = 1U << 30;
    attr->link_layer = IBV_LINK_LAYER_ETHERNET;
    return 0;
}

int ibv_query_port(struct ibv_context *context, uint8_t number, struct _compat_ibv_port_attr *attr)
{
    return query_port(context, number, (struct ibv_port_attr *)attr, offsetof(struct ibv_port_attr, port_cap_flags2));
}

int ibv_query_device(struct ibv_context *context, struct ibv_device_attr *attr)
{
    (void)context;
    *attr = (struct ibv_device_attr){.fw_ver = "0", .max_mr_size = UINT64_MAX, .page_size_cap = 4096, .max_qp = DEPTH,
        .max_qp_wr = DEPTH, .max_sge = SGES, .max_sge_rd = SGES, .max_cq = DEPTH, .max_cqe = ENTRIES, .max_mr = DEPTH,
        .max_pd = DEPTH, .max_qp_rd_atom = 128, .max_res_rd_atom = DEPTH, .max_qp_init_rd_atom = 128, .max_pkeys = 1,
        .phys_port_cnt = 1};
    return 0;
}

static int query_device_ex(struct ibv_context *context, const struct ibv_query_device_ex_input *input, struct ibv_device_attr_ex *attr,
                           size_t size)
{
    (void)input;
    memset(attr, 0, size);
    return ibv_query_device(context, &attr->orig_attr);
}

int _ibv_query_gid_ex(struct ibv_context *context, uint32_t port, uint32_t index, struct ibv_gid_entry *entry, uint32_t flags,
                      size_t size)
{
    (void)context; (void)flags;
    if (port != PORT || index)
        return ENODATA;
    memset(entry, 0, size);
    entry->gid = own_gid;
    entry->port_num = PORT;
    entry->gid_type = IBV_GID_TYPE_ROCE_V2;
    return 0;
}

ssize_t _ibv_query_gid_table(struct ibv_context *context, struct ibv_gid_entry *entries, size_t most, uint32_t flags, size_t size)
{
    return most && !_ibv_query_gid_ex(context, PORT, 0, entries, flags, size) ? 1 : 0;
}

int ibv_query_gid(struct ibv_context *context, uint8_t port, int index, union ibv_gid *gid)
{
    (void)context;
    if (port != PORT || index)
        return -1;
    *gid = own_gid;
    return 0;
}

struct ibv_device **ibv_get_device_list(int *count)
{
    struct ibv_device **list = calloc(2, sizeof *list);
    if (list)
        list[0] = &device;
    if (count)
        *count = list ? 1 : 0;
    return list;
}

void ibv_free_device_list(struct ibv_device **list) { free(list); }
const char *ibv_get_device_name(struct ibv_device *which) { return which->name; }
__be64 ibv_get_device_guid(struct ibv_device *which) { (void)which; return 0; }

struct ibv_context *ibv_open_device(struct ibv_device *which)
{
    struct verbs_context *extended = calloc(1, sizeof *extended);
    if (!extended)
        return NULL;
    extended->sz = sizeof *extended;
    extended->query_port = query_port;
    extended->query_device_ex = query_device_ex;
    extended->create_cq_ex = create_cq_ex;
    extended->create_qp_ex = create_qp_ex;
    struct ibv_context *context = &extended->context;
    context->device = which;
    context->abi_compat = __VERBS_ABI_IS_EXTENDED;
    context->num_comp_vectors = 1;
    context->cmd_fd = -1;
    context->async_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    context->ops.post_send = post_send;
    context->ops.post_recv = post_recv;
    context->ops.poll_cq = poll_cq;
    context->ops.req_notify_cq = req_notify_cq;
    return context;
}

int ibv_close_device(struct ibv_context *context)
{
    close(context->async_fd);
    free((char *)context - offsetof(struct verbs_context, context));
    return 0;
}

int ibv_get_async_event(struct ibv_context *context, struct ibv_async_event *event)
{
    (void)context; (void)event;
    errno = EAGAIN;
    return -1;
}

void ibv_ack_async_event(struct ibv_async_event *event) { (void)event; }
