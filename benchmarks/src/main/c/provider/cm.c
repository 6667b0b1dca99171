/*
 * A librdmacm.so.1 for the libibverbs.so.1 beside it: connections within one process, answered at once. Every call that has an
 * answer queues its event, so what is left of a connection is the cost of calling, of the file descriptor that announces events, and of
 * what the caller does with its queue pairs. One thread. Connections of RDMA_PS_TCP without a queue pair of their own only.
 */
#include <rdma/rdma_cma.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { PORT = 1, FIRST_PORT = 20000 };


struct event {
    struct rdma_cm_event base;
    struct event *next;
    char data[256];
};

struct channel {
    struct rdma_event_channel base;
    struct event *first;
};

struct id {
    struct rdma_cm_id base;
    struct id *peer;
    struct id *next_listener;
    uint32_t qp_num; /* of this side */
    int connected;
};

static struct ibv_context *device;
static struct id *listeners;
static uint16_t last_port = FIRST_PORT;

static int fail(int reason)
{
    errno = reason;
    return -1;
}

/* Channels and events. */

struct rdma_event_channel *rdma_create_event_channel(void)
{
    struct channel *channel = calloc(1, sizeof *channel);
    if (channel)
        channel->base.fd = eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC);
    return channel ? &channel->base : NULL;
}

void rdma_destroy_event_channel(struct rdma_event_channel *channel)
{
    close(channel->fd);
    free(channel);
}

static int post(struct id *id, struct id *listener, enum rdma_cm_event_type type, const struct rdma_conn_param *param)
{
    struct channel *channel = (struct channel *)(listener ? listener : id)->base.channel;
    struct event *event = calloc(1, sizeof *event), **last = &channel->first;
    if (!event)
        return fail(ENOMEM);
    event->base.id = &id->base;
    event->base.listen_id = listener ? &listener->base : NULL;
    event->base.event = type;
    if (param) {
        event->base.param.conn = *param;
        event->base.param.conn.private_data = param->private_data_len ? event->data : NULL;
        if (param->private_data_len)
            memcpy(event->data, param->private_data, param->private_data_len);
    }
    while (*last)
        last = &(*last)->next;
    *last = event;
    return eventfd_write(channel->base.fd, 1);
}

int rdma_get_cm_event(struct rdma_event_channel *base, struct rdma_cm_event **event)
{
    struct channel *channel = (struct channel *)base;
    eventfd_t one;
    if (eventfd_read(base->fd, &one)) /* EAGAIN where it does not block */
        return -1;
    *event = &channel->first->base;
    channel->first = channel->first->next;
    return 0;
}

int rdma_ack_cm_event(struct rdma_cm_event *event) { free(event); return 0; }
const char *rdma_event_str(enum rdma_cm_event_type type) { (void)type; return "event"; }

/* Identifiers. */

int rdma_create_id(struct rdma_event_channel *channel, struct rdma_cm_id **id, void *context, enum rdma_port_space ps)
{
    struct id *made = calloc(1, sizeof *made);
    if (!made)
        return fail(ENOMEM);
    made->base.channel = channel;
    made->base.context = context;
    made->base.ps = ps;
    *id = &made->base;
    return 0;
}

/* An event that nobody has read goes with its id. */
static void forget(struct id *id)
{
    struct channel *channel = (struct channel *)id->base.channel;
    eventfd_t one;
    for (struct event **at = &channel->first; *at;) {
        struct event *event = *at;
        if (event->base.id != &id->base) {
            at = &event->next;
            continue;
        }
        *at = event->next;
        free(event);
        eventfd_read(channel->base.fd, &one);
    }
}

int rdma_destroy_id(struct rdma_cm_id *base)
{
    struct id *id = (struct id *)base;
    forget(id);
    if (id->peer)
        id->peer->peer = NULL;
    for (struct id **at = &listeners; *at; at = &(*at)->next_listener)
        if (*at == id) {
            *at = id->next_listener;
            break;
        }
    free(id);
    return 0;
}

static int take_device(struct id *id)
{
    if (!device) { /* for good, as librdmacm does it */
        struct ibv_device **list = ibv_get_device_list(NULL);
        device = list ? ibv_open_device(list[0]) : NULL;
        ibv_free_device_list(list);
    }
    id->base.verbs = device;
    id->base.port_num = PORT;
    return device ? 0 : fail(ENODEV);
}

int rdma_bind_addr(struct rdma_cm_id *id, struct sockaddr *address)
{
    if (address->sa_family != AF_INET)
        return fail(EAFNOSUPPORT);
    id->route.addr.src_sin = *(struct sockaddr_in *)address;
    if (!id->route.addr.src_sin.sin_port)
        id->route.addr.src_sin.sin_port = htobe16(++last_port);
    return take_device((struct id *)id);
}

int rdma_listen(struct rdma_cm_id *id, int backlog)
{
    (void)backlog;
    ((struct id *)id)->next_listener = listeners;
    listeners = (struct id *)id;
    return 0;
}

int rdma_resolve_addr(struct rdma_cm_id *id, struct sockaddr *from, struct sockaddr *to, int timeout)
{
    (void)from; (void)timeout;
    if (to->sa_family != AF_INET)
        return fail(EAFNOSUPPORT);
    id->route.addr.dst_sin = id->route.addr.src_sin = *(struct sockaddr_in *)to;
    id->route.addr.src_sin.sin_port = htobe16(++last_port);
    return take_device((struct id *)id) || post((struct id *)id, NULL, RDMA_CM_EVENT_ADDR_RESOLVED, NULL) ? -1 : 0;
}

int rdma_resolve_route(struct rdma_cm_id *id, int timeout)
{
    (void)timeout;
    return post((struct id *)id, NULL, RDMA_CM_EVENT_ROUTE_RESOLVED, NULL);
}

/* Connections. */

int rdma_init_qp_attr(struct rdma_cm_id *base, struct ibv_qp_attr *attr, int *mask)
{
    const struct id *id = (struct id *)base;
    switch (attr->qp_state) {
    case IBV_QPS_INIT:
        attr->port_num = PORT;
        *mask = IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT | IBV_QP_ACCESS_FLAGS;
        return 0;
    case IBV_QPS_RTR:
        if (!id->peer)
            return fail(EINVAL);
        attr->path_mtu = IBV_MTU_4096;
        attr->dest_qp_num = id->peer->qp_num;
        attr->max_dest_rd_atomic = 1;
        attr->ah_attr = (struct ibv_ah_attr){.is_global = 1, .port_num = PORT, .grh.hop_limit = 64};
        *mask = IBV_QP_STATE | IBV_QP_AV | IBV_QP_PATH_MTU | IBV_QP_DEST_QPN | IBV_QP_RQ_PSN | IBV_QP_MAX_DEST_RD_ATOMIC
            | IBV_QP_MIN_RNR_TIMER;
        return 0;
    case IBV_QPS_RTS:
        attr->retry_cnt = attr->rnr_retry = 7;
        attr->max_rd_atomic = 1;
        *mask = IBV_QP_STATE | IBV_QP_TIMEOUT | IBV_QP_RETRY_CNT | IBV_QP_RNR_RETRY | IBV_QP_SQ_PSN | IBV_QP_MAX_QP_RD_ATOMIC;
        return 0;
    default:
        return fail(EINVAL);
    }
}

int rdma_connect(struct rdma_cm_id *base, struct rdma_conn_param *param)
{
    struct id *id = (struct id *)base, *listener = listeners;
    struct rdma_cm_id *made;
    while (listener && listener->base.route.addr.src_sin.sin_port != base->route.addr.dst_sin.sin_port)
        listener = listener->next_listener;
    if (!listener)
        return post(id, NULL, RDMA_CM_EVENT_REJECTED, NULL);
    if (rdma_create_id(listener->base.channel, &made, listener->base.context, base->ps) || take_device((struct id *)made))
        return -1;
    made->route.addr.src_sin = base->route.addr.dst_sin;
    made->route.addr.dst_sin = base->route.addr.src_sin;
    id->qp_num = param->qp_num;
    id->peer = (struct id *)made;
    id->peer->peer = id;
    return post(id->peer, listener, RDMA_CM_EVENT_CONNECT_REQUEST, param);
}

int rdma_accept(struct rdma_cm_id *base, struct rdma_conn_param *param)
{
    struct id *id = (struct id *)base;
    if (!id->peer)
        return fail(EINVAL);
    id->qp_num = param->qp_num;
    return post(id->peer, NULL, RDMA_CM_EVENT_CONNECT_RESPONSE, param);
}

int rdma_establish(struct rdma_cm_id *base)
{
    struct id *id = (struct id *)base;
    if (!id->peer)
        return fail(EINVAL);
    id->connected = id->peer->connected = 1;
    return post(id->peer, NULL, RDMA_CM_EVENT_ESTABLISHED, NULL);
}

int rdma_reject(struct rdma_cm_id *base, const void *data, uint8_t length)
{
    const struct rdma_conn_param param = {.private_data = data, .private_data_len = length};
    struct id *id = (struct id *)base;
    return id->peer ? post(id->peer, NULL, RDMA_CM_EVENT_REJECTED, &param) : fail(EINVAL);
}

int rdma_disconnect(struct rdma_cm_id *base)
{
    struct id *id = (struct id *)base;
    if (!id->connected)
        return fail(EINVAL);
    id->connected = 0;
    if (id->peer)
        id->peer->connected = 0;
    return post(id, NULL, RDMA_CM_EVENT_DISCONNECTED, NULL)
        || (id->peer && post(id->peer, NULL, RDMA_CM_EVENT_DISCONNECTED, NULL)) ? -1 : 0;
}

__be16 rdma_get_src_port(struct rdma_cm_id *id) { return id->route.addr.src_sin.sin_port; }
__be16 rdma_get_dst_port(struct rdma_cm_id *id) { return id->route.addr.dst_sin.sin_port; }
