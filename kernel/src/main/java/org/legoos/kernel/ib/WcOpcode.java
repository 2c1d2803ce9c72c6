package org.legoos.kernel.ib;

/** What a work completion reports, after Linux's enum ib_wc_opcode. */
public enum WcOpcode {
    SEND,
    RDMA_WRITE,
    RDMA_READ,
    COMP_SWAP,
    FETCH_ADD,
    BIND_MW,
    LOCAL_INV,
    REG_MR,
    RECV,
    RECV_RDMA_WITH_IMM
}
