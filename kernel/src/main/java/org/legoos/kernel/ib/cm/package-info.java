/**
 * The connection manager (IBA 12; Linux: drivers/infiniband/core/cm.c): two queue pairs learn of each other by datagrams that may be
 * lost, doubled and late. RDMA-CM's services, which are IP ports, are its services with a header of their own (annex A11).
 */
package org.legoos.kernel.ib.cm;
