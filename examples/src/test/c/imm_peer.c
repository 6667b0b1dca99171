/*
 * A peer that tells numbers, for ImmediateInteropTest: do immediates, addresses and keys mean the same in C and in Java?
 *
 * usage: imm_peer ADDRESS PORT        connects to a Java listener there
 *
 *   C ── SEND_WITH_IMM 0x12345678: own address be64, rkey be32, length be32 ──► Java
 *   C ◄── SEND_WITH_IMM: the same of the Java side ── Java                      prints what arrived
 *   C ◄── RDMA_WRITE_WITH_IMM into its buffer ── Java                           prints what arrived
 *   C ── RDMA_WRITE_WITH_IMM 0x89abcdef of "from C" to where Java said ──► Java
 */
#include <arpa/inet.h>
#include <endian.h>
#include <inttypes.h>
#include <rdma/rdma_verbs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 4096, DEADLINE_S = 60 };

struct where {
    uint64_t address;
    uint32_t rkey;
    uint32_t length;
};

static struct rdma_cm_id *id;

static void check(int failed, const char *what)
{
    if (failed) {
        fprintf(stderr, "imm_peer: %s failed\n", what);
        perror("imm_peer");
        exit(1);
    }
}

static void post(enum ibv_wr_opcode opcode, void *data, uint32_t length, struct ibv_mr *mr, uint32_t immediate,
                 const struct where *to)
{
    struct ibv_sge sge = {.addr = (uintptr_t)data, .length = length, .lkey = mr->lkey};
    struct ibv_send_wr wr = {.opcode = opcode, .sg_list = &sge, .num_sge = 1, .send_flags = IBV_SEND_SIGNALED};
    struct ibv_send_wr *bad;
    struct ibv_wc wc;

    wr.imm_data = htonl(immediate);
    if (to != NULL) {
        wr.wr.rdma.remote_addr = to->address;
        wr.wr.rdma.rkey = to->rkey;
    }
    check(ibv_post_send(id->qp, &wr, &bad), "ibv_post_send");
    check(rdma_get_send_comp(id, &wc) != 1 || wc.status != IBV_WC_SUCCESS, "the send");
}

static struct ibv_wc receive(const char *what)
{
    struct ibv_wc wc;

    check(rdma_get_recv_comp(id, &wc) != 1 || wc.status != IBV_WC_SUCCESS, what);
    check(!(wc.wc_flags & IBV_WC_WITH_IMM), "looking for the immediate");
    printf("%s imm 0x%08" PRIx32 " len %" PRIu32 "\n", what, ntohl(wc.imm_data), wc.byte_len);
    return wc;
}

int main(int argc, char **argv)
{
    static char buffer[BUFFER];
    static struct where said[2]; /* ours, Java's: on the wire */
    static const char text[] = "from C";
    struct rdma_addrinfo hints = {.ai_port_space = RDMA_PS_TCP};
    struct rdma_addrinfo *found;
    struct ibv_qp_init_attr attributes = {.cap = {4, 4, 1, 1, 0}, .qp_type = IBV_QPT_RC};
    struct rdma_conn_param parameters = {.responder_resources = 1, .initiator_depth = 1, .retry_count = 6, .rnr_retry_count = 7};
    struct ibv_mr *memory;
    struct ibv_mr *words;
    struct where java;

    if (argc != 3) {
        fprintf(stderr, "usage: imm_peer ADDRESS PORT\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    alarm(DEADLINE_S);
    check(rdma_getaddrinfo(argv[1], argv[2], &hints, &found), "rdma_getaddrinfo");
    check(rdma_create_ep(&id, found, NULL, &attributes), "rdma_create_ep");
    rdma_freeaddrinfo(found);
    memory = ibv_reg_mr(id->pd, buffer, sizeof buffer, IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE);
    words = ibv_reg_mr(id->pd, said, sizeof said, IBV_ACCESS_LOCAL_WRITE);
    check(memory == NULL || words == NULL, "ibv_reg_mr");
    /* the first receive takes Java's words; a write with immediate consumes the second */
    check(rdma_post_recv(id, NULL, &said[1], sizeof said[1], words), "rdma_post_recv");
    check(rdma_post_recv(id, NULL, &said[1], sizeof said[1], words), "rdma_post_recv");
    check(rdma_connect(id, &parameters), "rdma_connect");

    printf("own addr 0x%016" PRIx64 " rkey 0x%08" PRIx32 "\n", (uint64_t)(uintptr_t)buffer, memory->rkey);
    said[0].address = htobe64((uintptr_t)buffer);
    said[0].rkey = htobe32(memory->rkey);
    said[0].length = htobe32(sizeof buffer);
    post(IBV_WR_SEND_WITH_IMM, &said[0], sizeof said[0], words, 0x12345678, NULL);

    receive("send");
    java.address = be64toh(said[1].address);
    java.rkey = be32toh(said[1].rkey);
    java.length = be32toh(said[1].length);
    printf("java addr 0x%016" PRIx64 " rkey 0x%08" PRIx32 " length %" PRIu32 "\n", java.address, java.rkey, java.length);

    receive("write");
    printf("text %.16s\n", buffer);

    strcpy(buffer + BUFFER / 2, text);
    post(IBV_WR_RDMA_WRITE_WITH_IMM, buffer + BUFFER / 2, sizeof text, memory, 0x89abcdef, &java);
    printf("done\n");
    rdma_disconnect(id);
    rdma_destroy_ep(id);
    return 0;
}
