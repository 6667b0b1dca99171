/* What the loops share. */
#include <infiniband/verbs.h>
#include <time.h>

enum { FAILED_POST = -1, FAILED_POLL = -2, FAILED_REQUEST = -3, FAILED_SETUP = -4, FAILED_WAIT = -5 };

/* How long a completion may take. */
#define DEADLINE_NS (10 * 1000000000L)

/* What they work on. Requests go to one of 64 places of 8 bytes, so that what is patched changes. */
struct bench_target {
    struct ibv_qp_ex *qpx;
    struct ibv_cq *cq;
    struct ibv_qp *peer;
    struct ibv_pd *pd;
    uint64_t local;
    uint64_t remote;
    uint32_t lkey;
    uint32_t rkey;
    uint32_t length;
    int inlined;
    int at_once; /* the device that does nothing: a post completes before it returns, and so do receives */
    int gid_index;
    union ibv_gid gid;
};

/* From RESET to RTS; 0 or an errno. */
int connect_qp(struct ibv_qp *qp, uint32_t peer, int index, const union ibv_gid *gid);

static inline long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}
