/* A librdmacm.so.1 for the library beside it, which has no network yet: every call fails with ENODEV. */
#include <errno.h>
#define NONE(name) int name(void) { errno = ENODEV; return -1; }
NONE(rdma_destroy_event_channel) NONE(rdma_create_id) NONE(rdma_destroy_id) NONE(rdma_bind_addr) NONE(rdma_resolve_addr)
NONE(rdma_resolve_route) NONE(rdma_listen) NONE(rdma_connect) NONE(rdma_accept) NONE(rdma_reject) NONE(rdma_disconnect)
NONE(rdma_get_cm_event) NONE(rdma_ack_cm_event)
void *rdma_create_event_channel(void) { errno = ENODEV; return 0; }
